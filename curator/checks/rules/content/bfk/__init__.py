"""Rules about brighter-fatter kernels."""
