namespace Microsoft.ML.Data;

/// <summary>Settles which fields each column takes: ends of ranges that the data tell, and "all others".</summary>
internal static class TextColumnBinder
{
    /// <param name="columns">The columns wanted.</param>
    /// <param name="inputSize">The number of fields of a line, asked for only where a column needs it.</param>
    public static TextColumn[] Bind(IReadOnlyList<TextLoader.Column> columns, Func<int> inputSize)
    {
        foreach (var column in columns)
            Contracts.CheckUserArg(null, column.Source is { Length: > 0 }, nameof(column.Source), "Must specify some source column indices");
        var all = columns.SelectMany(column => column.Source).ToArray();
        Contracts.CheckUserArg(null, all.Count(range => range.AllOther) < 2, nameof(TextLoader.Range.AllOther),
            "At most one all other range can be specified");
        var size = all.Any(range => range.AutoEnd && range.Max is null) ? inputSize() : 0;

        var taken = all.Where(range => !range.AllOther).Select(range => Segment(range, size)).OrderBy(segment => segment.Start).ToArray();
        return [.. columns.Select(column => Bind(column, size, taken))];
    }

    public static PrimitiveDataViewType ItemType(DataKind kind, ulong? keyCount)
    {
        if (keyCount is { } count)
            return new KeyDataViewType(PrimitiveTypes.Of(kind).RawType, count);
        Contracts.CheckUserArg(null, Enum.IsDefined(kind), "Type", "Bad item type");
        return PrimitiveTypes.Of(kind);
    }

    private static TextColumn Bind(TextLoader.Column column, int size, TextSegment[] taken)
    {
        var name = Contracts.CheckNonWhiteSpace(null, column.Name, nameof(column.Name)).Trim();
        var itemType = ItemType(column.DataKind, column.KeyCount is null ? null : column.KeyCount.Count ?? LargestCount(column.DataKind));
        TextSegment[] segments = [.. column.Source.SelectMany(range => range.AllOther
            ? Others(Segment(range, size), taken)
            : [Segment(range, size)])];
        Contracts.CheckUserArg(null, segments.Length > 0, nameof(TextLoader.Range.AllOther), "No index is selected as all other indexes.");
        return new TextColumn(name, itemType, segments);
    }

    private static TextSegment Segment(TextLoader.Range range, int size)
    {
        Contracts.CheckUserArg(null, range.Min >= 0 && range.Min < TextSegment.EndOfLine - 1, nameof(range.Min));
        if (range.Max is { } last)
        {
            Contracts.CheckUserArg(null, range.Min <= last && last < TextSegment.EndOfLine - 1, nameof(range.Max));
            return new TextSegment(range.Min, last + 1, range.ForceVector);
        }
        if (range.AutoEnd)
        {
            Contracts.CheckUserArg(null, range.Min < size, nameof(range.Min),
                $"Column #{range.Min} not found in the dataset (it only has {size} columns)");
            return new TextSegment(range.Min, size, ForceVector: true);
        }
        return range.VariableEnd
            ? new TextSegment(range.Min, TextSegment.EndOfLine, ForceVector: true)
            : new TextSegment(range.Min, range.Min + 1, range.ForceVector);
    }

    /// <summary>The parts of <paramref name="whole"/> that lie between the segments <paramref name="taken"/>.</summary>
    private static IEnumerable<TextSegment> Others(TextSegment whole, TextSegment[] taken)
    {
        var start = whole.Start;
        foreach (var segment in taken)
        {
            if (start >= whole.Limit)
                yield break;
            if (start < segment.Start)
                yield return new TextSegment(start, segment.Start, ForceVector: true);
            start = Math.Max(start, segment.Limit);
        }
        if (start < whole.Limit)
            yield return new TextSegment(start, whole.Limit, ForceVector: true);
    }

    private static ulong LargestCount(DataKind kind) => kind switch
    {
        DataKind.Byte => byte.MaxValue,
        DataKind.UInt16 => ushort.MaxValue,
        DataKind.UInt32 => uint.MaxValue,
        _ => ulong.MaxValue,
    };
}
