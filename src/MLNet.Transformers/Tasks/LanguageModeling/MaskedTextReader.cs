using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>Makes the texts of rows examples of masked language modelling, one after another.</summary>
internal sealed class MaskedTextReader(MaskableText encoder, OrderObjective objective)
{
    private const int Remembered = 1000;

    // Ends of texts seen before, for pairs that do not belong together.
    private readonly List<string> ends = [];
    private readonly Random random = new(0);

    /// <summary>The examples of a text; none where it has no word that can be hidden, or with an order to learn only one.</summary>
    public IReadOnlyList<MaskedTextExample> Read(string text)
    {
        if (objective == OrderObjective.None)
            return [.. encoder.Windows(text).Select(window => new MaskedTextExample(window))];
        return TextHalves.Of(text) is { } halves && encoder.Pair(halves) is { } inOrder
            ? [new MaskedTextExample(inOrder, Disorder(halves) is { } disordered ? encoder.Pair(disordered) : null)]
            : [];
    }

    /// <summary>The halves in an order that is wrong; null for the first row of all, which has no other to borrow from.</summary>
    private TextHalves? Disorder(TextHalves halves)
    {
        if (objective == OrderObjective.SentenceOrder)
            return new(halves.Second, halves.First);
        TextHalves? disordered = ends.Count > 0 ? new(halves.First, ends[random.Next(ends.Count)]) : null;
        if (ends.Count < Remembered)
            ends.Add(halves.Second);
        else
            ends[random.Next(Remembered)] = halves.Second;
        return disordered;
    }
}
