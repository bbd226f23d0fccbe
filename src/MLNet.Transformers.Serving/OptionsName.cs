namespace MLNet.Transformers.Serving;

/// <summary>Each pair of row types has options of its own, under this name.</summary>
internal static class OptionsName
{
    public static string Of<TInput, TOutput>() => $"{typeof(TInput).FullName} -> {typeof(TOutput).FullName}";
}
