"""Fresh problems for each skill, and what is practised when: from the record, with time and chance as arguments."""
