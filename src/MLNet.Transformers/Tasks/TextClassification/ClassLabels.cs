using System.Globalization;
using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The classes of a task: how many there are, and the values that the label's keys stand for.</summary>
internal sealed class ClassLabels
{
    private readonly KeyValues? values;

    private ClassLabels(int count, KeyValues? values)
    {
        Count = count;
        this.values = values;
        Names = values?.Texts ?? [.. Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture))];
    }

    public int Count { get; }

    /// <summary>What the classes are called; their numbers from 0 where the label names none.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="ArgumentException">The key column says not how many keys it has, or has fewer than two.</exception>
    public static ClassLabels From(DataViewSchema.Column label)
    {
        var item = label.Type is VectorDataViewType vector ? vector.ItemType : label.Type;
        var count = ((KeyDataViewType)item).Count;
        if (count < 2)
            throw new ArgumentException(count == 0
                ? $"The label column '{label.Name}' does not say how many classes it has."
                : $"The label column '{label.Name}' has a single class: there is nothing to tell apart.");
        return new(checked((int)count), KeyValues.From(label));
    }

    /// <summary>Stands for classes that are not known before the data are.</summary>
    public static ClassLabels Promised(SchemaShape.Column label) => new(2, KeyValues.Promised(label, 2));

    /// <summary>The classes that a published model tells apart.</summary>
    /// <exception cref="InvalidDataException">The config names fewer than two.</exception>
    public static ClassLabels Published(ModelConfig config) => config.LabelNames is { Count: > 1 } names
        ? new(names.Count, KeyValues.FromTexts(names))
        : throw new InvalidDataException("The model's config does not name the classes (id2label).");

    /// <summary>Classes of which only the names are known.</summary>
    public static ClassLabels Named(IReadOnlyList<string> names) => new(names.Count, KeyValues.FromTexts(names));

    public static ClassLabels FromJson(JsonNode json) =>
        new(json["count"]!.GetValue<int>(), json["values"] is { } values ? KeyValues.FromJson(values) : null);

    public JsonNode ToJson() => new JsonObject { ["count"] = Count, ["values"] = values?.ToJson() };

    /// <summary>The predicted class, a key with the label's values.</summary>
    public OutputColumn PredictedLabel(string name)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        values?.Annotate(annotations, KeyValues.Annotation);
        Describe(annotations, "PredictedLabel");
        return new(name, new KeyDataViewType(typeof(uint), Count), annotations.ToAnnotations());
    }

    /// <summary>The predicted classes of several things, keys with the label's values.</summary>
    public OutputColumn PredictedLabels(string name)
    {
        var one = PredictedLabel(name);
        return one with { Type = new VectorDataViewType((KeyDataViewType)one.Type) };
    }

    /// <summary>One probability a class for each of several things, thing by thing.</summary>
    public OutputColumn Scores(string name)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        values?.Annotate(annotations, "TrainingLabelValues");
        Describe(annotations, "Score");
        return new(name, new VectorDataViewType(NumberDataViewType.Single, 0, Count), annotations.ToAnnotations());
    }

    /// <summary>One probability a class, with the classes' names.</summary>
    public OutputColumn Score(string name)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, Count), (ref VBuffer<ReadOnlyMemory<char>> target) =>
        {
            var editor = VBufferEditor.Create(ref target, Count);
            for (var i = 0; i < Count; i++)
                editor.Values[i] = Names[i].AsMemory();
            target = editor.Commit();
        });
        values?.Annotate(annotations, "TrainingLabelValues");
        Describe(annotations, "Score");
        return new(name, new VectorDataViewType(NumberDataViewType.Single, Count), annotations.ToAnnotations());
    }

    /// <summary>Reads the class of a row to learn it: its index, from 0.</summary>
    /// <exception cref="ArgumentException">The reader throws it where a row has no class.</exception>
    public Func<int> LearningReader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<uint>(column);
        uint key = 0;
        return () =>
        {
            getter(ref key);
            return key > 0 && key <= Count
                ? (int)key - 1
                : throw new ArgumentException($"Row {row.Position} has no class: the key in '{column.Name}' is {key}, not one of 1 to {Count}.");
        };
    }

    /// <summary>The likeliest class, a key.</summary>
    public static ValueGetter<uint> LikeliestGetter(Func<float[]> probabilities) =>
        (ref uint target) => target = (uint)probabilities().Index().MaxBy(probability => probability.Item).Index + 1;

    /// <exception cref="ArgumentException">All examples are of one class.</exception>
    public void RequireSeveral(IReadOnlyList<int> labels, string columnName)
    {
        if (labels.All(label => label == labels[0]))
            throw new ArgumentException($"All rows of the training set are of the class '{Names[labels[0]]}' in '{columnName}': there is nothing to tell apart.");
    }

    /// <exception cref="ArgumentException">The column's keys stand for other classes.</exception>
    public void RequireSame(DataViewSchema.Column validation)
    {
        if (!From(validation).Names.SequenceEqual(Names))
            throw new ArgumentException($"The keys in '{validation.Name}' stand for other classes in the validation set than in the training set: map both with the same transformer.");
    }

    private static void Describe(DataViewSchema.Annotations.Builder annotations, string value)
    {
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "MulticlassClassification".AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, value.AsMemory());
    }
}
