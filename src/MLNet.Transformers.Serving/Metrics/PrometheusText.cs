using System.Globalization;
using System.Text;

namespace MLNet.Transformers.Serving.Metrics;

/// <summary>The words of <see href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">Prometheus' text format</see>.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>
    /// An instrument's name as
    /// <see href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">OpenTelemetry translates it</see>:
    /// what is no letter, digit or colon becomes an underscore, the unit stands at the end, and after it "total" of a counter.
    /// </summary>
    public static string Name(string name, string? unit, bool isCounter)
    {
        var words = new List<string> { Sanitize(name) };
        if (unit switch { null or "" or "1" => null, "s" => "seconds", "ms" => "milliseconds", "By" => "bytes", ['{', ..] => null, _ => Sanitize(unit) } is { } word
            && !words[0].EndsWith("_" + word, StringComparison.Ordinal))
        {
            words.Add(word);
        }
        if (isCounter && !words[0].EndsWith("_total", StringComparison.Ordinal))
        {
            words.Add("total");
        }
        return string.Join('_', words);
    }

    /// <summary>Tags as labels, without braces, in the order of their names.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }
        var labels = new string[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            labels[i] = $"{Sanitize(tags[i].Key).Replace(':', '_')}=\"{Escape(Convert.ToString(tags[i].Value, CultureInfo.InvariantCulture) ?? "")}\"";
        }
        Array.Sort(labels, StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    public static string Help(string help) => help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string value) => Help(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Sanitize(string name)
    {
        var sanitized = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (sanitized.Length == 0 && char.IsAsciiDigit(character))
            {
                sanitized.Append('_');
            }
            sanitized.Append(char.IsAsciiLetterOrDigit(character) || character == ':' ? character : '_');
        }
        return sanitized.ToString();
    }
}
