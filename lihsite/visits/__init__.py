"""How often each page is read in each language, without cookies or anything personal."""
