using System.Numerics;

namespace Microsoft.ML;

/// <summary>
/// The hybrid Tausworthe generator: three Tausworthe steps and a linear congruential one, combined.
/// See https://developer.nvidia.com/gpugems/gpugems3/part-vi-gpu-computing/chapter-37-efficient-random-number-generation-and-application.
/// Equal seeds give the numbers that ML.NET gives.
/// </summary>
internal sealed class TauswortheRandom : Random
{
    private uint _first;
    private uint _second;
    private uint _third;
    private uint _linear;

    public TauswortheRandom(uint seed)
    {
        _first = seed;
        _second = Murmur(_first, seed);
        _third = Murmur(_second, seed);
        _linear = Murmur(_third, seed);
    }

    public TauswortheRandom(Random source)
    {
        _first = TauswortheSeed(source);
        _second = TauswortheSeed(source);
        _third = TauswortheSeed(source);
        _linear = Bits(source);
    }

    public override int Next()
    {
        var bits = NextBits();
        return (int)(bits + (bits & 0x80000000u));
    }

    public override int Next(int maxValue)
    {
        Contracts.CheckParam(maxValue >= 0, nameof(maxValue), "maxValue must be non-negative");
        return (int)((NextBits() * (ulong)maxValue) >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        Contracts.CheckParam(minValue <= maxValue, nameof(minValue), "minValue must be less than or equal to maxValue.");
        return (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);
    }

    public override double NextDouble() => NextBits() * (1.0 / (1L << 32));

    public override float NextSingle() => NextFloat();

    public float NextFloat() => (NextBits() >> 9) * (1f / (1 << 23));

    public override void NextBytes(byte[] buffer)
    {
        Contracts.CheckValue(buffer, nameof(buffer));
        for (var i = 0; i < buffer.Length; i++)
            buffer[i] = (byte)Next();
    }

    private static uint Bits(Random source) => ((uint)source.Next(0x10000) << 16) | (uint)source.Next(0x10000);

    // A Tausworthe step loses its low bits, so that its seed must have others.
    private static uint TauswortheSeed(Random source)
    {
        uint bits;
        do
        {
            bits = Bits(source);
        }
        while (bits < 128);
        return bits;
    }

    private static uint Murmur(uint hash, uint block) =>
        (BitOperations.RotateLeft(hash ^ (BitOperations.RotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593), 13) * 5) + 0xe6546b64;

    private static uint Step(uint state, int s1, int s2, int s3, uint mask) =>
        ((state & mask) << s3) ^ (((state << s1) ^ state) >> s2);

    private uint NextBits()
    {
        _first = Step(_first, 13, 19, 12, ~0x1u);
        _second = Step(_second, 2, 25, 4, ~0x7u);
        _third = Step(_third, 3, 11, 17, ~0xfu);
        _linear = (_linear * 1664525) + 1013904223;
        return _first ^ _second ^ _third ^ _linear;
    }
}
