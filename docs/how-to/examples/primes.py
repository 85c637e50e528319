"""Prime numbers."""

from itertools import count


def is_prime(number):
    """Whether only 1 and the number itself divide it."""
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def primes():
    """All prime numbers, in order."""
    return filter(is_prime, count(2))


if __name__ == "__main__":
    for prime, _ in zip(primes(), range(10)):
        print(prime, end=" ")
