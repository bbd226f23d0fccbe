namespace MLNet.Transformers.Tests.Models.Images;

/// <summary>Runs the programs in the folder Reference with a Python that has Pillow.</summary>
internal static class Pillow
{
    private static readonly Python Python = new("PIL.Image", "python3-pil");

    /// <summary>Why they cannot run, or <see langword="null"/>.</summary>
    public static string? WhyAbsent => Python.WhyAbsent;

    /// <summary>Gives a program a file, and returns the file that it writes.</summary>
    public static byte[] Run(string script, byte[] input)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("in"), input);
        Python.Run(script, folder.File("in"), folder.File("out"));
        return File.ReadAllBytes(folder.File("out"));
    }
}

/// <summary>A test that needs <see cref="Pillow"/> and is skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PillowFactAttribute : FactAttribute
{
    public PillowFactAttribute() => Skip = Pillow.WhyAbsent;
}

/// <summary>A test of several cases that needs <see cref="Pillow"/> and is skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PillowTheoryAttribute : TheoryAttribute
{
    public PillowTheoryAttribute() => Skip = Pillow.WhyAbsent;
}
