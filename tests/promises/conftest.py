"""What the tests of promises add to a copy of the program is no test of this one."""

collect_ignore = ["gain_table", "toy"]
