using System.Collections;
using System.Text.Json;

namespace MLNet.Transformers.Serving.Rows;

/// <summary>A column of the answer: its value, with the names that the model gives to slots or keys.</summary>
internal sealed class AnswerColumn(DataViewSchema.Column column, Func<object, object?> get)
{
    private readonly JsonEncodedText name = JsonEncodedText.Encode(column.Name);
    private readonly JsonEncodedText[]? slots = SlotNames(column);
    private readonly JsonEncodedText[]? keys = KeyValues(column);

    public void Write(Utf8JsonWriter json, object row)
    {
        json.WritePropertyName(name);
        switch (get(row))
        {
            case VBuffer<float> vector:
                WriteItems(json, vector.DenseValues());
                break;
            case VBuffer<double> vector:
                WriteItems(json, vector.DenseValues());
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case Array items:
                WriteItems(json, items);
                break;
            case var value:
                WriteItem(json, value);
                break;
        }
    }

    private void WriteItems(Utf8JsonWriter json, IEnumerable items)
    {
        if (slots is null)
        {
            json.WriteStartArray();
            foreach (var item in items)
            {
                WriteItem(json, item);
            }
            json.WriteEndArray();
            return;
        }
        json.WriteStartObject();
        var slot = 0;
        foreach (var item in items)
        {
            json.WritePropertyName(slots[slot++]);
            WriteItem(json, item);
        }
        json.WriteEndObject();
    }

    private void WriteItem(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case ReadOnlyMemory<char> text:
                json.WriteStringValue(text.Span);
                break;
            case float number when !float.IsFinite(number):
            case double other when !double.IsFinite(other):
                json.WriteNullValue();
                break;
            case float number:
                json.WriteNumberValue(number);
                break;
            case byte or ushort or uint or ulong when keys is not null:
                WriteKey(json, Convert.ToUInt64(value, null), keys);
                break;
            default:
                JsonSerializer.Serialize(json, value, value.GetType());
                break;
        }
    }

    /// <summary>Keys count from 1; 0 is a missing value.</summary>
    private static void WriteKey(Utf8JsonWriter json, ulong key, JsonEncodedText[] keys)
    {
        if (key == 0 || key > (ulong)keys.Length)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStringValue(keys[key - 1]);
        }
    }

    /// <summary>The names of a vector's slots, if each has one of its own: an object cannot have others.</summary>
    private static JsonEncodedText[]? SlotNames(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
        {
            return null;
        }
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        string[] texts = [.. names.DenseValues().Select(slot => slot.ToString())];
        return texts.Contains("") || texts.Distinct().Count() < texts.Length ? null : [.. texts.Select(text => JsonEncodedText.Encode(text))];
    }

    private static JsonEncodedText[]? KeyValues(DataViewSchema.Column column)
    {
        if (!column.HasKeyValues())
        {
            return null;
        }
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => JsonEncodedText.Encode(value.Span))];
    }
}
