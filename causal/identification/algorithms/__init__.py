"""The published algorithms, one a module: ID, IDC, gID, ID*, with their derivations and hedges."""
