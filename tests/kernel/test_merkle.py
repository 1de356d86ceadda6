"""The tree against the test vectors of RFC 6962's reference implementation, and its own laws."""

from hashlib import sha256

from hypothesis import given, strategies as st

from dure.kernel import merkle

# leaves of the reference implementation's vectors, and the roots over the first n of them
DATA = [
    bytes.fromhex(h)
    for h in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_the_book(data):
    """RFC 6962, 2.1, word for word."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return sha256(b"\x01" + by_the_book(data[:k]) + by_the_book(data[k:])).digest()


def test_the_published_roots_come_out():
    for count, expected in enumerate(ROOTS, 1):
        assert merkle.root([merkle.leaf_hash(d) for d in DATA[:count]]).hex() == expected


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_level_by_level_is_the_tree_of_the_book(data):
    assert merkle.root([merkle.leaf_hash(d) for d in data]) == by_the_book(data)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_a_path_proves_its_leaf_and_no_other(data, draw):
    leaves = [merkle.leaf_hash(d) for d in data]
    index = draw.draw(st.integers(0, len(leaves) - 1))
    siblings = merkle.path(leaves, index)
    root = merkle.root(leaves)
    assert merkle.root_from_path(leaves[index], index, len(leaves), siblings) == root
    other = merkle.leaf_hash(data[index] + b"!")
    assert merkle.root_from_path(other, index, len(leaves), siblings) != root
    assert merkle.root_from_path(leaves[index], index, len(leaves), [*siblings, b"x"]) is None
    assert merkle.root_from_path(leaves[index], len(leaves), len(leaves), siblings) is None
