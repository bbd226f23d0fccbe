using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The layout that a text file states in comments before its first row: <c>#@ TextLoader{ header+ sep=tab col=Age:R4:0 }</c>.</summary>
internal static partial class TextFileDescription
{
    private static readonly Dictionary<string, char> SeparatorNames = new()
    {
        ["tab"] = '\t', ["space"] = ' ', ["comma"] = ',', ["semicolon"] = ';', ["bar"] = '|', ["colon"] = ':',
    };

    /// <summary>The columns given; without any, those that the file describes, with its layout; else a label and features.</summary>
    public static TextLoader.Column[] Columns(IHost host, IMultiStreamSource files, ref TextLoader.Options options)
    {
        if (options.Columns is { Length: > 0 })
            return options.Columns;
        var description = TextLines.ReadDescription(files);
        if (string.IsNullOrWhiteSpace(description) || !IsDefault(options))
            return [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, [new(1, null)])];
        if (!TryParse(description, out var described))
            throw host.Except("TextLoader options embedded in the file are invalid");
        described.UseThreads = options.UseThreads;
        described.HeaderFile = options.HeaderFile;
        described.MaxRows = options.MaxRows;
        options = described;
        return options.Columns;
    }

    /// <summary>The lines that describe columns, written before the data.</summary>
    public static IEnumerable<string> Write(char separator, bool hasHeader, IEnumerable<TextLoader.Column> columns)
    {
        yield return "#@ TextLoader{";
        if (hasHeader)
            yield return "#@   header+";
        var name = SeparatorNames.FirstOrDefault(pair => pair.Value == separator).Key ?? separator.ToString();
        yield return $"#@   sep={name}";
        foreach (var column in columns)
            yield return $"#@   col={Describe(column)}";
        yield return "#@ }";
    }

    private static string Describe(TextLoader.Column column)
    {
        var kind = DataKinds.ShortName(column.DataKind);
        var keys = column.KeyCount is { } count ? $"[{count.Count}]" : "";
        var source = string.Join(',', column.Source.Select(Describe));
        if (column.Name.Length > 0 && !NeedsBraces().IsMatch(column.Name))
            return $"{column.Name}:{kind}{keys}:{source}";
        var key = column.KeyCount is null ? "" : $" key={column.KeyCount.Count}";
        return $"{{name={{{column.Name}}} type={kind} src={source}{key}}}";
    }

    private static string Describe(TextLoader.Range range) => range switch
    {
        { Max: { } last } when last != range.Min || range.ForceVector => $"{range.Min}-{last}",
        { VariableEnd: true } => $"{range.Min}-**",
        { AutoEnd: true } => $"{range.Min}-*",
        _ => range.Min.ToString(CultureInfo.InvariantCulture),
    };

    private static bool IsDefault(TextLoader.Options options) =>
        options is { AllowQuoting: false, AllowSparse: false, InputSize: null, DecimalMarker: '.', TrimWhitespace: false,
            HasHeader: false, ReadMultilines: false, EscapeChar: '"', MissingRealsAsNaNs: false, Separators: ['\t'] };

    private static bool TryParse(string description, out TextLoader.Options options)
    {
        options = new TextLoader.Options();
        var body = LoaderBody().Match(description);
        if (!body.Success)
            return false;
        var columns = new List<TextLoader.Column>();
        foreach (var setting in Settings(body.Groups[1].Value))
        {
            if (setting.Name == "col" ? !TryParseColumn(setting.Value, columns) : !TrySet(options, setting.Name, setting.Value))
                return false;
        }
        options.Columns = [.. columns];
        return columns.Count > 0;
    }

    private static bool TrySet(TextLoader.Options options, string name, string value)
    {
        var on = value == "+";
        switch (name)
        {
            case "header": options.HasHeader = on; break;
            case "quote": options.AllowQuoting = on; break;
            case "sparse": options.AllowSparse = on; break;
            case "trim": options.TrimWhitespace = on; break;
            case "multilines": options.ReadMultilines = on; break;
            case "missingrealnan": options.MissingRealsAsNaNs = on; break;
            case "size" when int.TryParse(value, CultureInfo.InvariantCulture, out var size): options.InputSize = size; break;
            case "decimal" when value.Length == 1: options.DecimalMarker = value[0]; break;
            case "escapechar" when value.Length == 1: options.EscapeChar = value[0]; break;
            case "sep" when SeparatorNames.TryGetValue(value, out var separator): options.Separators = [separator]; break;
            case "sep" when value.Length == 1: options.Separators = [value[0]]; break;
            default: return false;
        }
        return true;
    }

    private static bool TryParseColumn(string text, List<TextLoader.Column> columns)
    {
        string name, kind, source, key = "";
        if (text.StartsWith('{'))
        {
            var settings = Settings(text[1..^1]).ToDictionary(setting => setting.Name, setting => setting.Value);
            name = settings.GetValueOrDefault("name", "").TrimStart('{').TrimEnd('}');
            kind = settings.GetValueOrDefault("type", "R4");
            source = settings.GetValueOrDefault("src", "");
            key = settings.GetValueOrDefault("key", "");
        }
        else
        {
            var match = ColumnText().Match(text);
            (name, kind, key, source) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value);
        }
        var column = new TextLoader.Column { Name = name };
        if (kind.Length > 0)
        {
            if (!DataKinds.TryGetByShortName(kind, out var dataKind))
                return false;
            column.DataKind = dataKind;
        }
        if (key.Length > 0)
        {
            if (!ulong.TryParse(key, CultureInfo.InvariantCulture, out var count))
                return false;
            column.KeyCount = new KeyCount(count);
        }
        var ranges = source.Split(',').Select(ParseRange).ToArray();
        if (name.Length == 0 || ranges.Contains(null))
            return false;
        column.Source = ranges;
        columns.Add(column);
        return true;
    }

    private static TextLoader.Range ParseRange(string text)
    {
        var match = RangeText().Match(text);
        if (!match.Success)
            return null;
        var range = new TextLoader.Range { Min = match.Groups[1].Length == 0 ? 0 : int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) };
        if (match.Groups[2].Length == 0)
        {
            range.Max = range.Min;
            return match.Groups[1].Length == 0 ? null : range;
        }
        range.AllOther = match.Groups[2].Value == "~";
        range.ForceVector = true;
        range.VariableEnd = match.Groups[3].Value == "**";
        range.AutoEnd = match.Groups[3].Value is "" or "*";
        if (!range.VariableEnd && !range.AutoEnd)
            range.Max = int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture);
        return range;
    }

    private static IEnumerable<(string Name, string Value)> Settings(string text) =>
        SettingText().Matches(text).Select(match => (match.Groups[1].Value.ToLowerInvariant(), match.Groups[2].Value.TrimStart('=')));

    [GeneratedRegex(@"^\s*Text(?:Loader)?\s*\{(.*)\}\s*$", RegexOptions.Singleline)]
    private static partial Regex LoaderBody();

    [GeneratedRegex(@"([A-Za-z]+)(\+|-|=\{(?>[^{}]+|(?<open>\{)|(?<-open>\}))*\}|=\S+)")]
    private static partial Regex SettingText();

    [GeneratedRegex(@"^([^:]+):(?:([^:\[]*)(?:\[(\d+)\])?:)?([^:]+)$")]
    private static partial Regex ColumnText();

    [GeneratedRegex(@"^(\d*)(?:([-~])(\d*|\*\*?))?$")]
    private static partial Regex RangeText();

    [GeneratedRegex(@"[\s{}""#=:]")]
    private static partial Regex NeedsBraces();
}
