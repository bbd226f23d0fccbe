namespace Microsoft.ML.Runtime;

/// <summary>The environment behind an <see cref="MLContext"/>, and the hosts that it registers.</summary>
internal class LocalEnvironment : IHostEnvironmentInternal, ICancelable
{
    private readonly Lock _lock = new();
    private readonly List<WeakReference<Host>> _children = [];
    private readonly Dictionary<string, object> _options = [];
    private readonly string _name;
    private readonly LocalEnvironment _parent;
    private readonly string _parentName;
    private readonly Action<string, ChannelMessage> _listener;

    public LocalEnvironment(int? seed, Action<string, ChannelMessage> listener)
    {
        Seed = seed;
        Random = RandomUtils.Create(seed);
        ComponentCatalog = new();
        TempFilePath = Path.GetTempPath();
        _listener = listener;
    }

    private LocalEnvironment(LocalEnvironment parent, string name, Random random)
    {
        _parent = parent;
        Seed = parent.Seed;
        Random = random;
        ComponentCatalog = parent.ComponentCatalog;
        TempFilePath = parent.TempFilePath;
        GpuDeviceId = parent.GpuDeviceId;
        FallbackToCpu = parent.FallbackToCpu;
        IsCanceled = parent.IsCanceled;
        _listener = parent._listener;
        _name = name;
        // As in the packages, a host names not its parent but its parent's parent.
        _parentName = parent._parent?.FullName;
        FullName = Join(_parentName, name);
    }

    public ComponentCatalog ComponentCatalog { get; }

    public int? Seed { get; }

    public string TempFilePath { get; set; }

    public int? GpuDeviceId { get; set; }

    public bool FallbackToCpu { get; set; }

    public bool IsCanceled { get; private set; }

    public string FullName { get; }

    public string ContextDescription => "HostEnvironment";

    private protected Random Random { get; }

    public static string Join(string parentName, string name) => string.IsNullOrEmpty(parentName) ? name : $"{parentName}; {name}";

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        lock (_lock)
        {
            // The draw moves our own stream on, so that equal seeds give equal hosts in the same order.
            Host host = new(this, name, seed is { } given ? RandomUtils.Create(given) : RandomUtils.Create(Random));
            _children.RemoveAll(child => !child.TryGetTarget(out _));
            _children.Add(new(host));
            return host;
        }
    }

    public IChannel Start(string name) => new Channel(this, name);

    public IPipe<TMessage> StartPipe<TMessage>(string name) =>
        typeof(TMessage) == typeof(ChannelMessage) ? (IPipe<TMessage>)Start(name) : new SilentPipe<TMessage>(this, name);

    public IProgressChannel StartProgressChannel(string name)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        return new SilentProgressChannel();
    }

    public void Dispatch(string source, ChannelMessage message) => _listener(source, message);

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        if (ex is null)
            return null;
        ex.Data["Throwing component"] = "Environment";
        return Contracts.Mark(ex);
    }

    public void MarkWithName(Exception exception)
    {
        exception.Data["Throwing component"] = _name;
        exception.Data["Parent component"] = _parentName;
        Contracts.Mark(exception);
    }

    public void CancelExecution()
    {
        lock (_lock)
        {
            foreach (var child in _children)
            {
                if (child.TryGetTarget(out var host))
                    host.CancelExecution();
            }

            _children.Clear();
            IsCanceled = true;
        }
    }

    public bool TryAddOption<T>(string name, T value)
    {
        CheckOptionName(name);
        return _options.TryAdd(name, value);
    }

    public void SetOption<T>(string name, T value)
    {
        CheckOptionName(name);
        _options[name] = value;
    }

    public bool TryGetOption<T>(string name, out T value)
    {
        CheckOptionName(name);
        var found = _options.TryGetValue(name, out var stored) && stored is T;
        value = found ? (T)stored : default;
        return found;
    }

    public T GetOptionOrDefault<T>(string name)
    {
        CheckOptionName(name);
        if (!_options.TryGetValue(name, out var stored))
            _options[name] = stored = default(T);
        return (T)stored;
    }

    public bool RemoveOption(string name)
    {
        CheckOptionName(name);
        return _options.Remove(name);
    }

    private static void CheckOptionName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentNullException(nameof(name));
    }

    private sealed class Host(LocalEnvironment parent, string name, Random random) : LocalEnvironment(parent, name, random), IHost
    {
        public Random Rand => Random;
    }
}
