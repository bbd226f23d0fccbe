namespace MLNet.Transformers.Tests.Models;

/// <summary>Runs the programs in the folder Reference with a Python that has PyTorch.</summary>
internal static class PyTorch
{
    private static readonly Python Python = new("torch", "python3-torch");

    /// <summary>Why they cannot run, or <see langword="null"/>.</summary>
    public static string? WhyAbsent => Python.WhyAbsent;

    /// <summary>Runs a program and returns what it prints.</summary>
    public static string Run(string script, params string[] arguments) => Python.Run(script, arguments);
}

/// <summary>A test that needs <see cref="PyTorch"/> and is skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PyTorchFactAttribute : FactAttribute
{
    public PyTorchFactAttribute() => Skip = PyTorch.WhyAbsent;
}

/// <summary>A test of several cases that needs <see cref="PyTorch"/> and is skipped, with the reason, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PyTorchTheoryAttribute : TheoryAttribute
{
    public PyTorchTheoryAttribute() => Skip = PyTorch.WhyAbsent;
}
