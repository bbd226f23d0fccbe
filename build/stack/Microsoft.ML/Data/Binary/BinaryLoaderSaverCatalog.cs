using System.Text;

namespace Microsoft.ML;

/// <summary>Data in a binary file of their own, with schema and annotations.</summary>
public static class BinaryLoaderSaverCatalog
{
    public static IDataView LoadFromBinary(this DataOperationsCatalog catalog, IMultiStreamSource fileSource)
    {
        Contracts.CheckValue(fileSource, nameof(fileSource));
        Contracts.CheckParam(fileSource.Count == 1, nameof(fileSource), "Exactly one file must be given.");
        return BinaryDataView.Open(catalog.GetEnvironment(), fileSource);
    }

    public static IDataView LoadFromBinary(this DataOperationsCatalog catalog, string path)
    {
        Contracts.CheckNonEmpty(path, nameof(path));
        Contracts.CheckParam(File.Exists(path), nameof(path), $"File does not exist at path: {path}");
        return catalog.LoadFromBinary(new MultiFileSource(path));
    }

    public static void SaveAsBinary(this DataOperationsCatalog catalog, IDataView data, Stream stream, bool keepHidden = false)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckValue(stream, nameof(stream));
        using var channel = catalog.GetEnvironment().Start("Saving data");
        var kept = data.Schema.Where(column => keepHidden || !column.IsHidden).ToLookup(column => ValueCodec.CanWrite(column.Type));
        foreach (var column in kept[false])
            channel.Info(MessageSensitivity.Schema, "The column '{0}' will not be written as it has unsavable column type.", column.Name);
        channel.Check(kept[true].Any(), "No valid columns to save");
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        BinaryRows.Write(writer, data, [.. kept[true]]);
    }
}
