"""Exchange: a graph handed on in the forms that others read, one module per form, each under a versioned name."""
