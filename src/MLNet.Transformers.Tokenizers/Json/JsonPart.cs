using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>A value of a JSON document together with its path, which every complaint names.</summary>
/// <param name="element">The value.</param>
/// <param name="path">The way to it, such as <c>$.normalizer.normalizers[1]</c>.</param>
internal sealed class JsonPart(JsonElement element, string path)
{
    public JsonElement Element { get; } = element;

    public string Path { get; } = path;

    public bool IsNull => Element.ValueKind == JsonValueKind.Null;

    /// <summary>The value under <paramref name="name"/>, which must be there.</summary>
    public JsonPart this[string name] => Find(name) ?? throw Error($"'{name}' is missing");

    /// <summary>The value under <paramref name="name"/>; <see langword="null"/> where it is absent or null.</summary>
    public JsonPart? Find(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Error("an object is needed here");
        }

        return Element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? new JsonPart(value, $"{Path}.{name}")
            : null;
    }

    public string AsString() => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Error("a string is needed here");

    public bool AsBoolean() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error("true or false is needed here"),
    };

    public int AsInt32() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out int value)
        ? value
        : throw Error("a whole number is needed here");

    /// <summary>A whole number that is not negative.</summary>
    public int AsCount() => AsInt32() is var count and >= 0 ? count : throw Error("a number that is not negative is needed here");

    public double AsDouble() => Element.ValueKind == JsonValueKind.Number ? Element.GetDouble() : throw Error("a number is needed here");

    /// <summary>A string of exactly one code point.</summary>
    public Rune AsCharacter()
    {
        string text = AsString();
        return Rune.TryGetRuneAt(text, 0, out Rune character) && character.Utf16SequenceLength == text.Length
            ? character
            : throw Error("a string of one character is needed here");
    }

    /// <summary>A string that is the name of a value of <typeparamref name="TEnum"/>, upper and lower case told apart.</summary>
    public TEnum AsEnum<TEnum>()
        where TEnum : struct, Enum
    {
        string name = AsString();
        return Enum.IsDefined(typeof(TEnum), name)
            ? Enum.Parse<TEnum>(name)
            : throw Error($"'{name}' is none of {string.Join(", ", Enum.GetNames<TEnum>())}");
    }

    /// <summary>A token and its id in an array.</summary>
    public (string Token, int Id) AsTokenAndId()
    {
        JsonPart[] items = [.. Items()];
        return items.Length == 2 ? (items[0].AsString(), items[1].AsInt32()) : throw Error("a token and its id are needed here");
    }

    /// <summary>An object of tokens and their ids.</summary>
    public Vocabulary AsVocabulary()
    {
        try
        {
            return new Vocabulary(Properties().Select(token => KeyValuePair.Create(token.Name, token.Value.AsInt32())));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw Error($"an id cannot be {exception.ActualValue}");
        }
    }

    public string? FindString(string name) => Find(name)?.AsString();

    public bool FindBoolean(string name, bool otherwise) => Find(name)?.AsBoolean() ?? otherwise;

    public int? FindInt32(string name) => Find(name)?.AsInt32();

    /// <summary>The values of an array.</summary>
    public IEnumerable<JsonPart> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            throw Error("an array is needed here");
        }

        return Element.EnumerateArray().Select((item, index) => new JsonPart(item, $"{Path}[{index}]"));
    }

    /// <summary>The names and values of an object.</summary>
    public IEnumerable<(string Name, JsonPart Value)> Properties()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Error("an object is needed here");
        }

        return Element.EnumerateObject().Select(property => (property.Name, new JsonPart(property.Value, $"{Path}['{property.Name}']")));
    }

    public InvalidDataException Error(string complaint) => new($"{Path}: {complaint}.");
}
