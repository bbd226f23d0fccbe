// Random words for kernels that any number of threads share: every chunk of work has a generator of its own, keyed by
// (seed, chunk), so that a mask can be drawn again instead of being kept. Eight lanes run xoshiro128++, seeded by
// SplitMix64; Blackman & Vigna, "Scrambled Linear Pseudorandom Number Generators" (2021).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "vectors.h"

namespace bridge {

constexpr int lanes = 8;
typedef uint32_t Words __attribute__((vector_size(4 * lanes)));

struct Random {
    Words a, b, c, d;

    INLINE Random(uint64_t seed, int64_t index) {
        uint64_t state = seed ^ (static_cast<uint64_t>(index) * 0xD1342543DE82EF95);
        for (int i = 0; i < lanes; i++) {
            const uint64_t low = mixed(state), high = mixed(state);
            a[i] = static_cast<uint32_t>(low);
            b[i] = static_cast<uint32_t>(low >> 32);
            c[i] = static_cast<uint32_t>(high);
            d[i] = static_cast<uint32_t>(high >> 32);
        }
    }

    INLINE void next(Words& result) {
        const Words sum = a + d;
        result = ((sum << 7) | (sum >> 25)) + a;
        const Words shifted = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = (d << 11) | (d >> 21);
    }

    static INLINE uint64_t mixed(uint64_t& state) {
        uint64_t z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
};

// A word below this drops its element.
INLINE uint32_t threshold_of(double probability) { return static_cast<uint32_t>(std::min(std::ldexp(probability, 32), 4294967295.0)); }

// A seed from libtorch's own generator, which manual_seed sets.
uint64_t draw_seed();

}  // namespace bridge
