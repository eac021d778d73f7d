"""The tutor line by line: no screen, no cursor, no colour. For screen readers, braille lines, pipes and slow links."""
