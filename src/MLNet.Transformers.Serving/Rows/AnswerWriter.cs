using System.Text.Json;

namespace MLNet.Transformers.Serving.Rows;

/// <summary>
/// Writes what a model adds to a row as a JSON object, by the columns' ML.NET names: a vector whose slots have names is an
/// object of them, a key is its value, a number that is none is null.
/// </summary>
internal sealed class AnswerWriter<TOutput>
    where TOutput : class, new()
{
    private readonly AnswerColumn[] columns;

    public AnswerWriter(DataViewSchema schema, IReadOnlyCollection<string> names)
    {
        Names = names.ToHashSet();
        columns = [.. SchemaDefinition.Create(typeof(TOutput), SchemaDefinition.Direction.Write)
            .Where(column => names.Contains(column.ColumnName))
            .Select(column => new AnswerColumn(schema[column.ColumnName], Getter(column.MemberName)))];
    }

    /// <summary>The columns that are written.</summary>
    public IReadOnlySet<string> Names { get; }

    public void Write(Utf8JsonWriter json, TOutput row)
    {
        json.WriteStartObject();
        foreach (var column in columns)
        {
            column.Write(json, row);
        }
        json.WriteEndObject();
    }

    private static Func<object, object?> Getter(string memberName) =>
        typeof(TOutput).GetField(memberName) is { } field ? field.GetValue : typeof(TOutput).GetProperty(memberName)!.GetValue;
}
