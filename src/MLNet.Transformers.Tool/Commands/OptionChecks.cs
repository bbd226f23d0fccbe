using System.CommandLine.Parsing;
using System.Globalization;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>What options refuse; the sentences name the option.</summary>
internal static class OptionChecks
{
    /// <summary>Refuses a value that is empty or white space.</summary>
    public static void NotBlank(OptionResult result)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            result.AddError($"{result.Option.Name} has no value.");
    }

    /// <summary>A validator of what the user gave; an option's default is not asked about.</summary>
    /// <param name="whyNot">Why a value will not do; null where it will.</param>
    public static Action<OptionResult> Text(Func<string, string?> whyNot) => result =>
    {
        if (!result.Implicit && result.Tokens.Count > 0 && whyNot(result.Tokens[0].Value) is { } reason)
            result.AddError(reason);
    };

    /// <summary>Reads a number, with a point before its decimals in every country.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="accepts">Whether a number will do.</param>
    /// <param name="must">What the option must be, such as "a whole number of at least 2".</param>
    public static T Number<T>(ArgumentResult result, Func<T, bool> accepts, string must) where T : struct, IParsable<T>
    {
        var given = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (!T.TryParse(given, CultureInfo.InvariantCulture, out var value) || !accepts(value))
            result.AddError($"{NameOf(result)} must be {must}, and is '{given}'.");
        return value;
    }

    /// <summary>Reads true or false; true where the option stands alone.</summary>
    public static bool Truth(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
            return true;
        var given = result.Tokens[0].Value;
        if (!bool.TryParse(given, out var value))
            result.AddError($"{NameOf(result)} must be true or false, and is '{given}'.");
        return value;
    }

    private static string NameOf(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;
}
