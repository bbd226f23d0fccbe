namespace MLNet.Transformers.Pipeline;

/// <summary>A column that a stage adds: its name, type and annotations.</summary>
internal sealed record OutputColumn(string Name, DataViewType Type, DataViewSchema.Annotations Annotations);
