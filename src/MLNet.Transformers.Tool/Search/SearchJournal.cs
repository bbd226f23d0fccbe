using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Tool.Search;

/// <summary>Keeps on disk where a search stands: after a kill at any point, another process goes on from it.</summary>
internal sealed class SearchJournal : IDisposable
{
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(3);
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Lock writing = new();
    private readonly string path;
    private readonly Timer heartbeat;

    private SearchJournal(string path, SearchState state, SearchClock clock)
    {
        this.path = path;
        (State, Clock) = (state, clock);
        Clock.SecondsBefore += state.Seconds;
        WasThere = File.Exists(path);
        Write(state);
        heartbeat = new Timer(_ => Write(State), null, BetweenBeats, BetweenBeats);
    }

    /// <summary>Where the search stands.</summary>
    public SearchState State { get; private set; }

    /// <summary>The time.</summary>
    public SearchClock Clock { get; }

    /// <summary>Whether it goes on from another process.</summary>
    public bool WasThere { get; }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="asked">What is asked for, by option.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="InputException">It is of another search, or cannot be read.</exception>
    public static SearchJournal Open(string path, IReadOnlyDictionary<string, string> asked, SearchClock clock)
    {
        if (!File.Exists(path))
            return new(path, new() { Asked = asked }, clock);
        var state = Read(path);
        var differences = asked.Keys.Union(state.Asked.Keys).Order(StringComparer.Ordinal)
            .Where(option => asked.GetValueOrDefault(option) != state.Asked.GetValueOrDefault(option))
            .Select(option => $"{option} was {state.Asked.GetValueOrDefault(option, "not given")} and is {asked.GetValueOrDefault(option, "not given")}")
            .ToArray();
        return differences.Length == 0
            ? new(path, state, clock)
            : throw new InputException($"Another search was begun in '{Path.GetDirectoryName(path)}': {string.Join("; ", differences)}. The command of then goes on with it, and --force begins anew.");
    }

    /// <summary>Keeps where the search stands.</summary>
    public void Write(SearchState state)
    {
        lock (writing)
        {
            State = state with { Seconds = Clock.Seconds };
            WholeFile.Write(path, whole => File.WriteAllBytes(whole, JsonSerializer.SerializeToUtf8Bytes(State, Format)));
        }
    }

    /// <summary>Deletes the file.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var stopped = new ManualResetEvent(false);
        if (heartbeat.Dispose(stopped))
        {
            stopped.WaitOne();
            Write(State);
        }
    }

    private static SearchState Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SearchState>(File.ReadAllBytes(path), Format) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException exception)
        {
            throw new InputException($"'{path}', which says where the search stands, cannot be read: {exception.Message} Begin anew with --force.");
        }
    }
}
