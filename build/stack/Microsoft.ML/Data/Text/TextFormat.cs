namespace Microsoft.ML.Data;

/// <summary>The checked layout of a text file.</summary>
internal sealed record TextFormat
{
    public required char[] Separators { get; init; }
    public char EscapeChar { get; init; } = '"';
    public char DecimalMarker { get; init; } = '.';
    public bool HasHeader { get; init; }
    public bool AllowQuoting { get; init; }
    public bool AllowSparse { get; init; }
    public bool TrimWhitespace { get; init; }
    public bool ReadMultilines { get; init; }
    public bool MissingRealsAsNaNs { get; init; }

    /// <summary>The number of fields of a line; 0 where the lines tell.</summary>
    public int InputSize { get; init; }
    public long MaxRows { get; init; } = long.MaxValue;

    public bool SpaceSeparates => Separators.Contains(' ');

    public static TextFormat Create(TextLoader.Options options)
    {
        var maxRows = options.MaxRows ?? long.MaxValue;
        Contracts.CheckUserArg(null, maxRows >= 0, nameof(options.MaxRows));
        var inputSize = options.InputSize ?? 0;
        Contracts.Check(inputSize >= 0, "inputSize");

        char[] separators = [.. options.Separators.Select(c => Checked(c, options.AllowSparse)).Distinct()];
        Contracts.CheckUserArg(null, separators.Length > 0, "Separator", "Must specify a separator");
        if (options.DecimalMarker is not ('.' or ','))
            throw Contracts.ExceptUserArg(null, nameof(options.DecimalMarker),
                $"Decimal marker cannot be the '{options.DecimalMarker}' character. It must be '.' or ','.");
        if (!options.AllowQuoting && options.DecimalMarker == ',' && separators.Contains(','))
            throw Contracts.ExceptUserArg(null, nameof(options.AllowQuoting),
                "Quoting must be allowed if decimal marker and separator are the ',' character.");
        if (separators.Contains(options.EscapeChar))
            throw Contracts.ExceptUserArg(null, nameof(options.EscapeChar),
                $"EscapeChar '{options.EscapeChar}' can't be used both as EscapeChar and separator");

        return new TextFormat
        {
            Separators = separators,
            EscapeChar = options.EscapeChar,
            DecimalMarker = options.DecimalMarker,
            HasHeader = options.HasHeader && string.IsNullOrWhiteSpace(options.HeaderFile),
            AllowQuoting = options.AllowQuoting,
            AllowSparse = options.AllowSparse,
            TrimWhitespace = options.TrimWhitespace,
            ReadMultilines = options.AllowQuoting && options.ReadMultilines,
            MissingRealsAsNaNs = options.MissingRealsAsNaNs,
            InputSize = Math.Min(inputSize, TextSegment.EndOfLine - 1),
            MaxRows = maxRows,
        };
    }

    public static TextFormat Load(ModelLoadContext context)
    {
        var reader = context.Reader;
        return new TextFormat
        {
            Separators = context.LoadNonEmptyString().ToCharArray(),
            EscapeChar = reader.ReadChar(),
            DecimalMarker = reader.ReadChar(),
            HasHeader = reader.ReadBoolean(),
            AllowQuoting = reader.ReadBoolean(),
            AllowSparse = reader.ReadBoolean(),
            TrimWhitespace = reader.ReadBoolean(),
            ReadMultilines = reader.ReadBoolean(),
            MissingRealsAsNaNs = reader.ReadBoolean(),
            InputSize = reader.ReadInt32(),
            MaxRows = reader.ReadInt64(),
        };
    }

    public void Save(ModelSaveContext context)
    {
        var writer = context.Writer;
        context.SaveNonEmptyString(new string(Separators));
        writer.Write(EscapeChar);
        writer.Write(DecimalMarker);
        writer.Write(HasHeader);
        writer.Write(AllowQuoting);
        writer.Write(AllowSparse);
        writer.Write(TrimWhitespace);
        writer.Write(ReadMultilines);
        writer.Write(MissingRealsAsNaNs);
        writer.Write(InputSize);
        writer.Write(MaxRows);
    }

    private static char Checked(char separator, bool allowSparse)
    {
        if (separator == ':')
            Contracts.CheckUserArg(null, !allowSparse, "Separator", "When the separator is colon, turn off allowSparse");
        if (separator is '"' or (>= '0' and <= '9') || (separator < ' ' && separator != '\t'))
            throw Contracts.ExceptUserArg(null, "Separator", $"Illegal separator: '{separator}'");
        return separator;
    }
}
