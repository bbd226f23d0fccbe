using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Tells the log of values and lines that could not be read, up to a number of each.</summary>
internal sealed class TextParseLog(IChannel channel) : IDisposable
{
    private const int Shown = 10;
    private long _rows;
    private long _badValues;
    private long _badFormats;

    /// <summary>A log that nobody reads.</summary>
    public static TextParseLog Silent => new(channel: null);

    public void Row() => _rows++;

    public void BadValue(TextLine line, string column, int? slot)
    {
        if (++_badValues > Shown || channel is null)
            return;
        channel.Info(MessageSensitivity.Schema, slot is null
            ? $"  Bad value at line {line.Number} in column {column}"
            : $"  Bad value at line {line.Number} in column {column} at slot {slot}");
        if (_badValues == Shown)
            channel.Info(MessageSensitivity.None, "  Suppressing further bad value messages");
    }

    public void BadFormat(TextLine line, int start, int end, string message)
    {
        if (++_badFormats > Shown || channel is null)
            return;
        channel.Warning(MessageSensitivity.Schema,
            $"Format error at {line.Path}({line.Number},{start + 1})-({line.Number},{end + 1}): {message}");
        if (_badFormats == Shown)
            channel.Warning(MessageSensitivity.None, "Suppressing further format error messages");
    }

    public void Dispose()
    {
        if (channel is null)
            return;
        if (_badValues > 0 || _badFormats > 0)
            channel.Info(MessageSensitivity.None,
                $"Processed {_rows} rows with {_badValues} bad values and {_badFormats} format errors");
        (channel as IDisposable)?.Dispose();
    }
}
