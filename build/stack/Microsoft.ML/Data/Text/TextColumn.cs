namespace Microsoft.ML.Data;

/// <summary>A column of a text file with its fields settled.</summary>
internal sealed class TextColumn
{
    public TextColumn(string name, PrimitiveDataViewType itemType, TextSegment[] segments)
    {
        var ordered = segments.OrderBy(segment => segment.Start).ToArray();
        for (var i = 1; i < ordered.Length; i++)
            Contracts.CheckUserArg(null, ordered[i - 1].Limit <= ordered[i].Start, nameof(TextLoader.Column.Source),
                $"Intervals specified for column '{name}' overlap");

        Name = name;
        ItemType = itemType;
        Segments = segments;
        FixedSize = segments.Where(segment => !segment.IsVariable).Sum(segment => segment.Length);
        IsVariable = segments.Any(segment => segment.IsVariable);
        Type = IsVariable ? new VectorDataViewType(itemType)
            : FixedSize > 1 || segments[0].ForceVector ? new VectorDataViewType(itemType, FixedSize)
            : itemType;
    }

    public string Name { get; }
    public PrimitiveDataViewType ItemType { get; }
    public TextSegment[] Segments { get; }
    public DataViewType Type { get; }

    /// <summary>The number of slots apart from those of a segment that reaches to the end of the line.</summary>
    public int FixedSize { get; }
    public bool IsVariable { get; }

    public static TextColumn Load(ModelLoadContext context)
    {
        var name = context.LoadNonEmptyString();
        var kind = (DataKind)context.Reader.ReadByte();
        var keyCount = context.Reader.ReadUInt64();
        var segments = new TextSegment[context.Reader.ReadInt32()];
        for (var i = 0; i < segments.Length; i++)
            segments[i] = new TextSegment(context.Reader.ReadInt32(), context.Reader.ReadInt32(), context.Reader.ReadBoolean());
        return new TextColumn(name, TextColumnBinder.ItemType(kind, keyCount == 0 ? null : keyCount), segments);
    }

    public void Save(ModelSaveContext context)
    {
        context.SaveNonEmptyString(Name);
        context.Writer.Write((byte)DataKinds.Of(ItemType.RawType));
        context.Writer.Write((ItemType as KeyDataViewType)?.Count ?? 0);
        context.Writer.Write(Segments.Length);
        foreach (var segment in Segments)
        {
            context.Writer.Write(segment.Start);
            context.Writer.Write(segment.Limit);
            context.Writer.Write(segment.ForceVector);
        }
    }
}
