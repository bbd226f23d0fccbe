namespace MLNet.Transformers.Tool.Commands;

/// <summary>Where the details of a failure go that nobody foresaw.</summary>
internal static class FailureLog
{
    /// <summary>Writes an exception down, with its stack; where it is, for the user to read.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="path">The log that the user asked for; null for one among the temporary files.</param>
    public static string Write(Exception exception, string? path)
    {
        path ??= Path.Combine(Path.GetTempPath(), "mlnet-transformers.log");
        try
        {
            File.AppendAllText(path, $"{DateTimeOffset.Now:O}{Environment.NewLine}{exception}{Environment.NewLine}");
            return $"details are in {path}";
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return $"no details, since {path} cannot be written: {denied.Message}";
        }
    }
}
