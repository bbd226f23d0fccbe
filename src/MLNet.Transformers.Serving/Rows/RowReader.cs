using System.Text.Json;

namespace MLNet.Transformers.Serving.Rows;

/// <summary>Reads rows from JSON objects whose properties are the columns of the row type, by their ML.NET names.</summary>
/// <remarks>A column that the model needs must be there; another may be; a property that is no column is an error.</remarks>
internal sealed class RowReader<TInput>
    where TInput : class, new()
{
    private readonly Dictionary<string, JsonColumn> columns;

    /// <param name="needed">The columns without which the model has no answer.</param>
    /// <exception cref="InvalidOperationException">A column that is needed has a type that JSON cannot give.</exception>
    public RowReader(IEnumerable<string> needed)
    {
        Needed = needed.ToHashSet();
        columns = SchemaDefinition.Create(typeof(TInput), SchemaDefinition.Direction.Write)
            .Select(column => JsonColumn.OrNull(typeof(TInput), column.ColumnName, column.MemberName))
            .OfType<JsonColumn>().ToDictionary(column => column.Name);
        if (Needed.FirstOrDefault(name => !columns.ContainsKey(name)) is { } unreadable)
        {
            throw new InvalidOperationException($"The model needs the column '{unreadable}', which {typeof(TInput)} lacks or has in a type that JSON cannot give.");
        }
    }

    /// <summary>The columns without which the model has no answer.</summary>
    public IReadOnlySet<string> Needed { get; }

    /// <summary>A row with something in each column that is needed.</summary>
    public TInput Sample()
    {
        var row = new TInput();
        foreach (var name in Needed)
        {
            columns[name].SetSample(row);
        }
        return row;
    }

    /// <summary>Reads a row; what is wrong with it goes to <paramref name="errors"/>.</summary>
    /// <param name="json">The object.</param>
    /// <param name="path">Where it stands in the request, such as "[3]"; empty for the only one.</param>
    /// <param name="limits">How long a text may be, and whether blank ones are taken.</param>
    /// <param name="errors">What is wrong, by path.</param>
    public TInput Read(JsonElement json, string path, BatchedPredictionOptions limits, RowErrors errors)
    {
        var row = new TInput();
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, $"A row must be an object of columns, such as {{\"{Needed.FirstOrDefault("column")}\": …}}, and not {JsonColumn.Describe(json)}.");
            return row;
        }
        var seen = 0;
        foreach (var property in json.EnumerateObject())
        {
            if (!columns.TryGetValue(property.Name, out var column))
            {
                errors.Add(Join(path, property.Name), $"There is no such column; there are: {string.Join(", ", columns.Keys)}.");
                continue;
            }
            var needed = Needed.Contains(column.Name);
            seen += needed ? 1 : 0;
            if (column.Read(property.Value, row, needed, limits) is { } error)
            {
                errors.Add(Join(path, column.Name), error);
            }
        }
        if (seen < Needed.Count)
        {
            foreach (var name in Needed.Where(name => !json.TryGetProperty(name, out _)))
            {
                errors.Add(Join(path, name), "The model needs this column.");
            }
        }
        return row;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
