namespace Stack.Tests.ML.Core;

/// <summary>Exceptions by their type, parameter and words.</summary>
internal static class Throws
{
    public static void Param(string parameter, string message, Func<object?> action)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(parameter, action);
        Assert.Equal($"{message} (Parameter '{parameter}')", exception.Message);
    }

    public static void Param(string parameter, Func<object?> action) => Assert.Throws<ArgumentOutOfRangeException>(parameter, action);

    public static void Invalid(string message, Func<object?> action) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(action).Message);
}
