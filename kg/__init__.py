"""treatygraph: news in, a knowledge graph out in which every assertion leads back to its words."""
