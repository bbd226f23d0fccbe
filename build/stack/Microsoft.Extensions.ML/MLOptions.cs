namespace Microsoft.Extensions.ML;

/// <summary>The context that models are loaded with and predict in.</summary>
public class MLOptions
{
    private MLContext _context;

    public MLOptions()
    {
    }

    public MLContext MLContext
    {
        get => _context ??= new();
        set => _context = value;
    }
}
