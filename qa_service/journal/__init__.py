"""What is kept between questions: curated answers and their use, in one database, one file a group of tables."""
