"""query -> hits: rankings of the store, fused, and the forms under which words are looked for."""
