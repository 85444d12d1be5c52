"""What staff do: corpus, answers and journal put together for them. The pages and the API are its doors."""
