"""Two probabilistic programs with a hidden cause, in NumPyro: what do the data say about the effect of X on Y?

Nobody sees U. It moves X, and it decides how a unit's Y responds to its cause. For a cause and an effect with two
states each there are four ways to respond, so a U with four states can do whatever any hidden cause can do.

    the front door    X -> M -> Y,  U -> X,  U -> Y      M carries all of the effect, and U does not touch it
    the bow           X -> Y,       U -> X,  U -> Y
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax import Array
from numpy.typing import ArrayLike, NDArray
from numpyro.infer import MCMC, NUTS

numpyro.enable_x64()

Program = Callable[[Array, Array], None]

# Y of a unit that is never well, helped, hurt, always well: where its cause is 0, and where it is 1
RESPONSES = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])


def hidden(prior: Array) -> tuple[Array, Array]:
    """How often each state of U occurs; and how often X is 1 there: together P(U, X)."""
    share = numpyro.sample("share", dist.Dirichlet(prior))
    chosen = numpyro.sample("chosen", dist.Uniform(0, 1).expand([4]).to_event(1))
    return share, share[:, None] * jnp.stack([1 - chosen, chosen], axis=1)


def front_door(counts: Array, prior: Array) -> None:
    """counts[x, m, y]: how many units were seen with X=x, M=m, Y=y."""
    share, joint = hidden(prior)
    carried = numpyro.sample("carried", dist.Uniform(0, 1).expand([2]).to_event(1))  # P(M=1 | X=0), P(M=1 | X=1)
    m_given_x = jnp.stack([1 - carried, carried], axis=1)
    y_given_mu = jnp.stack([1 - RESPONSES, RESPONSES], axis=2)  # certain, once U and M are known
    cells = jnp.einsum("ux,xm,muy->xmy", joint, m_given_x, y_given_mu)  # U is summed out
    numpyro.factor("seen", (counts * jnp.log(cells)).sum())
    numpyro.deterministic("helped", share[1])
    numpyro.deterministic("effect", (carried[1] - carried[0]) * (share[1] - share[2]))


def bow(counts: Array, prior: Array) -> None:
    """counts[x, y]: how many units were seen with X=x, Y=y."""
    share, joint = hidden(prior)
    y_given_xu = jnp.stack([1 - RESPONSES, RESPONSES], axis=2)
    cells = jnp.einsum("ux,xuy->xy", joint, y_given_xu)
    numpyro.factor("seen", (counts * jnp.log(cells)).sum())
    numpyro.deterministic("helped", share[1])
    numpyro.deterministic("effect", share[1] - share[2])


def sampler(program: Program, warmup: int, samples: int, chains: int) -> MCMC:
    """The No-U-Turn sampler: it walks through all parameters, the likelier the longer it stays."""
    kernel = NUTS(program, target_accept_prob=0.95)
    return MCMC(
        kernel,
        num_warmup=warmup,
        num_samples=samples,
        num_chains=chains,
        chain_method="sequential",
        progress_bar=False,
        jit_model_args=True,  # compiled once, for whatever is seen
    )


def run(mcmc: MCMC, seed: int, counts: ArrayLike, prior: ArrayLike) -> dict[str, NDArray[np.float64]]:
    """Draws of the effect, and of the share of units that are helped, given what was seen."""
    mcmc.run(jax.random.PRNGKey(seed), jnp.asarray(counts, dtype=float), jnp.asarray(prior, dtype=float))
    found = mcmc.get_samples()
    return {name: np.asarray(found[name]) for name in ("effect", "helped")}
