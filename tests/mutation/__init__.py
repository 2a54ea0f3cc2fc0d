"""`make mutate`: changes the code a little, many times, and lists what no test noticed. Not in .ci/run; monthly."""
