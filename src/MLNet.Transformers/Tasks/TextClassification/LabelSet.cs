using System.Globalization;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>Labels of which any number may hold for a row.</summary>
/// <param name="Names">What they are called; their numbers from 0 where the column names none.</param>
internal sealed record LabelSet(IReadOnlyList<string> Names)
{
    /// <summary>Stands for labels that are not known before the data are.</summary>
    public static LabelSet Promised { get; } = new(["0", "1"]);

    /// <summary>The labels that a published model's config names.</summary>
    /// <exception cref="InvalidDataException">It names none.</exception>
    public static LabelSet Published(TextConfig config) => config.LabelNames is { Count: > 0 } names
        ? new(names)
        : throw new InvalidDataException("The model's config does not name the labels (id2label).");

    /// <summary>A vector with 1 for each label that holds and 0 for the others; or the keys of those that hold, any number of them.</summary>
    public static InputColumn Column(string name) =>
        new(name, ColumnShape.SingleVector, TrainingOnly: true) { OrElse = [ColumnShape.KeyVector], MayVary = true };

    /// <exception cref="ArgumentException">The column does not say how many labels there are.</exception>
    public static LabelSet From(DataViewSchema.Column column)
    {
        var vector = (VectorDataViewType)column.Type;
        var count = vector.ItemType is KeyDataViewType key ? checked((int)key.Count) : vector.Size;
        if (count == 0)
            throw new ArgumentException($"The label column '{column.Name}' does not say how many labels there are.");
        var names = vector.ItemType is KeyDataViewType ? KeyValues.From(column)?.Texts : SlotNames(column);
        return new(names ?? [.. Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>Reads for each label 1 where it holds and 0 where it does not.</summary>
    /// <exception cref="ArgumentException">The reader throws it where a value is neither, or a key stands for no label.</exception>
    public Func<float[]> Reader(DataViewRow row, DataViewSchema.Column column) => ((VectorDataViewType)column.Type).ItemType is KeyDataViewType
        ? KeyReader(row, column)
        : FlagReader(row, column);

    /// <summary>One probability a label.</summary>
    public OutputColumn Score(string name) => Vector(name, NumberDataViewType.Single, "Probability");

    /// <summary>Whether each label holds.</summary>
    public OutputColumn PredictedLabel(string name) => Vector(name, BooleanDataViewType.Instance, "PredictedLabel");

    private static Func<float[]> FlagReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<float>>(column);
        VBuffer<float> flags = default;
        return () =>
        {
            getter(ref flags);
            float[] values = [.. flags.DenseValues()];
            foreach (var value in values)
                if (value is not (0 or 1))
                    throw new ArgumentException($"Row {row.Position} has the value {value} in '{column.Name}', which is neither 0 nor 1.");
            return values;
        };
    }

    private Func<float[]> KeyReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<uint>>(column);
        VBuffer<uint> keys = default;
        return () =>
        {
            getter(ref keys);
            var flags = new float[Names.Count];
            foreach (var (_, key) in keys.Items())
            {
                if (key == 0 || key > flags.Length)
                    throw new ArgumentException($"Row {row.Position} has the key {key} in '{column.Name}', not one of 1 to {flags.Length}.");
                flags[key - 1] = 1;
            }
            return flags;
        };
    }

    private OutputColumn Vector(string name, PrimitiveDataViewType itemType, string valueKind)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, Names.Count),
            VectorGetter.Of<ReadOnlyMemory<char>>(() => [.. Names.Select(label => label.AsMemory())]));
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "MultiLabelClassification".AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, valueKind.AsMemory());
        return new(name, new VectorDataViewType(itemType, Names.Count), annotations.ToAnnotations());
    }

    private static string[]? SlotNames(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
