"""What the pages share: choosing, drawing, wording. The only place besides app.py and pages/ that imports streamlit."""
