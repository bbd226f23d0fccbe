using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

[assembly: LoadableClass(typeof(ImageLoadingTransformer), null, typeof(SignatureLoadModel),
    "Image Loader Transform", ImageLoadingTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Loads images, or the bytes of their files. An image is disposed when the next is loaded or its cursor is done.</summary>
public sealed class ImageLoadingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ImageLoaderTransform";

    /// <summary>The folder that paths are relative to; null for the current one.</summary>
    public readonly string ImageFolder;

    internal readonly bool AsImage;

    internal ImageLoadingTransformer(
        IHostEnvironment environment, string imageFolder, bool asImage, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(ImageLoadingTransformer)), columns)
    {
        if (!string.IsNullOrEmpty(imageFolder))
        {
            ImageFolder = Directory.Exists(imageFolder)
                ? Path.GetFullPath(imageFolder)
                : throw new ArgumentException($"Directory \"{imageFolder}\" does not exist.");
        }
        AsImage = asImage;
    }

    private ImageLoadingTransformer(IHost host, ModelLoadContext context)
        : base(host, context)
    {
        ImageFolder = context.LoadStringOrNull();
        AsImage = context.Reader.ReadBoolean();
    }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (input.Type is not TextDataViewType)
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, TextDataViewType.Instance.ToString(), input.Type.ToString());
        return AsImage
            ? MappedColumn.Create(output, new ImageDataViewType(), null, [input],
                row => ImageGetter(row.GetGetter<ReadOnlyMemory<char>>(input), OpenImages.In(row)))
            : MappedColumn.Create(output, new VectorDataViewType(NumberDataViewType.Byte), null, [input],
                row => BytesGetter(row.GetGetter<ReadOnlyMemory<char>>(input)));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.SaveStringOrNull(ImageFolder);
        context.Writer.Write(AsImage);
    }

    private static ImageLoadingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(ImageLoadingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("IMGLOADR", LoaderSignature);

    private string PathOf(ReadOnlyMemory<char> text) =>
        string.IsNullOrWhiteSpace(ImageFolder) ? text.ToString() : Path.Combine(ImageFolder, text.ToString());

    private ValueGetter<MLImage> ImageGetter(ValueGetter<ReadOnlyMemory<char>> get, OpenImages.Place last)
    {
        ReadOnlyMemory<char> text = default;
        return (ref MLImage image) =>
        {
            image?.Dispose();
            image = null;
            get(ref text);
            if (text.Length > 0)
            {
                var path = PathOf(text);
                var bytes = File.ReadAllBytes(path);
                using var stream = new MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);
                image = MLImage.CreateFromStream(stream);
                image.Tag = path;
            }
            last.Image = image;
        };
    }

    private ValueGetter<VBuffer<byte>> BytesGetter(ValueGetter<ReadOnlyMemory<char>> get)
    {
        ReadOnlyMemory<char> text = default;
        return (ref VBuffer<byte> bytes) =>
        {
            get(ref text);
            if (text.Length == 0)
            {
                bytes = VBufferEditor.Create(ref bytes, 0).Commit();
                return;
            }

            using var file = File.OpenHandle(PathOf(text));
            var editor = VBufferEditor.Create(ref bytes, (int)RandomAccess.GetLength(file));
            for (var read = 0; read < editor.Values.Length;)
            {
                var count = RandomAccess.Read(file, editor.Values[read..], read);
                if (count == 0)
                    throw new EndOfStreamException();
                read += count;
            }
            bytes = editor.Commit();
        };
    }
}
