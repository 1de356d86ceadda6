"""The demonstration: a network as large and as old as one that exists, with invented people.

`network` invents who belongs, `dues` who pays when, `money` what else moves, `history` puts it all in
the order of its days as `steps`, and `building` takes the steps through the ordinary commands. All but
`building` is pure: the same seed and the same day give the same history.
"""
