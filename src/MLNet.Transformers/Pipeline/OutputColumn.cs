namespace MLNet.Transformers.Pipeline;

/// <summary>A column that a stage adds: its name, type and annotations.</summary>
internal sealed record OutputColumn(string Name, DataViewType Type, DataViewSchema.Annotations Annotations)
{
    public OutputColumn(string name, DataViewType type)
        : this(name, type, new DataViewSchema.Annotations.Builder().ToAnnotations())
    {
    }
}
