namespace MLNet.Transformers.Tests.Models;

/// <summary>Damages good files, the same way for the same seed.</summary>
internal static class Fuzz
{
    /// <summary>Reads files with a few changed, missing or additional bytes; a reader may take them or say that they are invalid, and nothing else.</summary>
    /// <returns>How many were refused.</returns>
    public static int Files(byte[] good, int seed, int rounds, Action<byte[]> read)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            var damaged = Damage(good, random);
            try
            {
                read(damaged);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Round {round} of seed {seed} failed otherwise.", exception);
            }
        }
        return refused;
    }

    private static byte[] Damage(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Most of what matters stands at either end.
            var near = Math.Min(bytes.Count, 1200);
            var position = random.Next(3) switch
            {
                0 => random.Next(bytes.Count),
                1 => random.Next(near),
                _ => bytes.Count - 1 - random.Next(near),
            };
            switch (random.Next(6))
            {
                case 0: bytes[position] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[position] = (byte)random.Next(256); break;
                case 2: bytes[position] = (byte)(random.Next(2) * 255); break;
                case 3: bytes.RemoveRange(position, Math.Min(bytes.Count - position, random.Next(1, 9))); break;
                case 4: bytes.InsertRange(position, bytes.GetRange(random.Next(bytes.Count / 2), random.Next(1, 9))); break;
                default: bytes[position] = bytes[random.Next(bytes.Count)]; break;
            }
        }
        return [.. bytes];
    }
}
