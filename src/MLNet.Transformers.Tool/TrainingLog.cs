using System.Globalization;

namespace MLNet.Transformers.Tool;

/// <summary>What ML.NET tells and what went wrong, with its stack, in a file; nowhere where none is wanted.</summary>
internal sealed class TrainingLog : IDisposable
{
    private readonly StreamWriter? writer;
    private readonly Lock writing = new();

    private TrainingLog(StreamWriter? writer) => this.writer = writer;

    /// <summary>Opens the file of a job, at its end.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static TrainingLog Open(string? path)
    {
        if (path is null)
            return new(null);
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            return new(new StreamWriter(path, append: true) { AutoFlush = true });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The log '{path}' cannot be written: {exception.Message}");
        }
    }

    /// <summary>Listens to a context.</summary>
    public void Listen(MLContext mlContext) => mlContext.Log += (_, message) => Write(message.Message);

    /// <summary>A line with the time before it.</summary>
    public void Write(string message)
    {
        lock (writing)
            writer?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss.fff} {message}"));
    }

    /// <inheritdoc/>
    public void Dispose() => writer?.Dispose();
}
