"""The demonstration: a network as large and as old as one that exists, with invented people.

`network` invents who belongs, `dues` who pays when, `money` what else moves, `history` puts it all in
the order of its days as steps, and `build` takes the steps through the ordinary commands. All but
`build` is pure: the same seed and the same day give the same history.
"""
