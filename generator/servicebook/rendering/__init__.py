"""Results and terms as readers see them: pages, words, charts, feeds."""
