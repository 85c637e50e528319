// In place of https://unpkg.com/iframe-worker, which the search needs where pages are files.
