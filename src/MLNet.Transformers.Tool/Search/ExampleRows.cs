using System.Globalization;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Search;

/// <summary>Reads a few rows as text.</summary>
internal static class ExampleRows
{
    private const int Count = 5;

    /// <summary>The first rows, of images the first of each class: the values of their columns, by name; of an image the path of its file.</summary>
    /// <param name="rows">The rows to choose from.</param>
    /// <param name="dataset">What they are of.</param>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(IDataView rows, Dataset dataset) =>
        dataset is ImageFolderDataset images ? OfImages(rows, images) : OfText(rows);

    private static List<IReadOnlyDictionary<string, string>> OfImages(IDataView rows, ImageFolderDataset images)
    {
        using var cursor = rows.GetRowCursor(rows.Schema);
        var label = ReaderOf<ReadOnlyMemory<char>>(cursor, rows.Schema[ImageFolderDataset.LabelColumnName]);
        var image = cursor.GetGetter<VBuffer<byte>>(rows.Schema[ImageFolderDataset.ImageColumnName]);
        var bytes = default(VBuffer<byte>);
        var examples = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        while (examples.Count < Count && cursor.MoveNext())
        {
            var name = label();
            if (examples.ContainsKey(name))
                continue;
            image(ref bytes);
            examples[name] = new Dictionary<string, string>
            {
                [ImageFolderDataset.LabelColumnName] = name,
                [ImageFolderDataset.ImageColumnName] = images.FileOf(name, bytes.GetValues()),
            };
        }
        return [.. examples.Values];
    }

    private static List<IReadOnlyDictionary<string, string>> OfText(IDataView rows)
    {
        var columns = rows.Schema.Where(column => !column.IsHidden && ReaderOf(null, column) is not null).ToArray();
        using var cursor = rows.GetRowCursor(columns);
        var readers = columns.Select(column => (column.Name, Read: ReaderOf(cursor, column)!)).ToArray();
        var examples = new List<IReadOnlyDictionary<string, string>>();
        while (examples.Count < Count && cursor.MoveNext())
            examples.Add(readers.ToDictionary(reader => reader.Name, reader => reader.Read()));
        return examples;
    }

    /// <summary>Reads a column; null where it is of another type. Without a cursor it only tells which.</summary>
    private static Func<string>? ReaderOf(DataViewRowCursor? cursor, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => ReaderOf<ReadOnlyMemory<char>>(cursor, column),
        BooleanDataViewType => ReaderOf<bool>(cursor, column),
        NumberDataViewType { RawType: var type } when type == typeof(float) => ReaderOf<float>(cursor, column),
        NumberDataViewType { RawType: var type } when type == typeof(int) => ReaderOf<int>(cursor, column),
        _ => null,
    };

    private static Func<string> ReaderOf<T>(DataViewRowCursor? cursor, DataViewSchema.Column column)
    {
        var value = default(T)!;
        var getter = cursor?.GetGetter<T>(column);
        return () =>
        {
            getter!(ref value);
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? value!.ToString()!;
        };
    }
}
