using System.Globalization;
using System.Text;

namespace MLNet.Transformers.Models;

/// <summary>A checkpoint that does not fit a model; lists everything that is wrong with it.</summary>
public sealed class WeightMismatchException : Exception
{
    private const int Shown = 20;

    /// <param name="origin">Where the checkpoint comes from.</param>
    /// <param name="missing">Published names that the model needs and the checkpoint lacks.</param>
    /// <param name="unexpected">Names in the checkpoint that the model has no use for.</param>
    /// <param name="misshapen">Tensors of the wrong shape, with both shapes.</param>
    public WeightMismatchException(string origin, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshapen)
        : base(Describe(origin, missing, unexpected, misshapen))
    {
        Missing = missing;
        Unexpected = unexpected;
        Misshapen = misshapen;
    }

    /// <summary>Published names that the model needs and the checkpoint lacks.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Names in the checkpoint that the model has no use for.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Tensors of the wrong shape, with both shapes.</summary>
    public IReadOnlyList<string> Misshapen { get; }

    private static string Describe(string origin, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshapen)
    {
        var text = new StringBuilder($"The weights in '{origin}' do not fit the model.");
        Append(text, "missing", missing);
        Append(text, "unexpected", unexpected);
        Append(text, "misshapen", misshapen);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string kind, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $" {names.Count} {kind}: ").AppendJoin(", ", names.Take(Shown));
        text.Append(names.Count > Shown ? ", …." : ".");
    }
}
