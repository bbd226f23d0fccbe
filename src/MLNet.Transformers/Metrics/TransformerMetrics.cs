using System.Diagnostics.Metrics;
using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>What the models of this process have read and written, for whoever listens to the meter; it costs nothing while nobody does.</summary>
/// <remarks>
/// Counters, without tags: <c>transformer.tokens</c> (tokens that models have read to predict, without padding),
/// <c>transformer.padding.tokens</c> (what batches were filled up with), <c>transformer.generated.tokens</c> (tokens of the texts that
/// models have written) and <c>transformer.images</c>. Any listener hears them, such as <c>dotnet-counters</c> or OpenTelemetry's
/// <c>AddMeter</c>; see <see href="https://learn.microsoft.com/dotnet/core/diagnostics/metrics">.NET metrics</see>.
/// </remarks>
public static class TransformerMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "MLNet.Transformers";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("transformer.tokens", "{token}", "Tokens that models have read, without padding.");
    private static readonly Counter<long> Padding = Meter.CreateCounter<long>("transformer.padding.tokens", "{token}", "Padding that batches of texts were filled up with.");
    private static readonly Counter<long> Generated = Meter.CreateCounter<long>("transformer.generated.tokens", "{token}", "Tokens that models have written.");
    private static readonly Counter<long> Images = Meter.CreateCounter<long>("transformer.images", "{image}", "Images that models have seen.");

    /// <summary>Texts that a model has read in one pass, the shorter ones padded.</summary>
    internal static void CountRead(IReadOnlyList<TokenSequence> batch)
    {
        if (!Tokens.Enabled && !Padding.Enabled)
            return;
        var (tokens, longest) = (0L, 0);
        foreach (var sequence in batch)
            (tokens, longest) = (tokens + sequence.Length, Math.Max(longest, sequence.Length));
        Tokens.Add(tokens);
        Padding.Add(((long)batch.Count * longest) - tokens);
    }

    /// <summary>Texts that a model has written.</summary>
    internal static void CountWritten(IReadOnlyList<IReadOnlyList<Generation>> texts)
    {
        if (Generated.Enabled)
            Generated.Add(texts.Sum(answers => answers.Sum(text => (long)text.Ids.Length)));
    }

    /// <summary>A token that a model has written.</summary>
    internal static void CountWritten() => Generated.Add(1);

    /// <summary>Images that a model has seen.</summary>
    internal static void CountImages(int images) => Images.Add(images);
}
