"""A real RTSP server with a live encoder: GStreamer's, from Debian. Paths /h264 and /h265, and others as told.

Every picture carries the frame strip of the demo loops (frameStrip.ts) with the wall time of its drawing, so that tests read the true delay
from pixels. Prints its port on one line when it listens, and ends with its standard input. A line there changes a path while it is watched:
`as /path kind` makes it send something else and drops its viewers, `size /path 320x180` changes its picture; each is answered by a line.
"""
import sys
import threading
import time

import gi

gi.require_version('Gst', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

WIDTH, HEIGHT, FPS = 640, 360, 15
CELL, LEFT, TOP, BITS = 8, 8, 352, 9
ENCODERS = {
    '/h264': 'x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=600 ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96 config-interval=1',
    '/h265': 'x265enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=600 ! rtph265pay name=pay0 pt=96 config-interval=1',
}
SMALL_KEYS = 'x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=300 ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96 config-interval=1'
TEST = f'videotestsrc is-live=true pattern={{pattern}} ! video/x-raw,width={WIDTH},height={HEIGHT},framerate={FPS}/1'
KINDS = {
    'moving': f'( {TEST.format(pattern="ball")} ! videoscale ! capsfilter name=size ! {SMALL_KEYS} )',
    'still': f'( {TEST.format(pattern="smpte75")} ! {SMALL_KEYS} )',
    'vp8': f'( {TEST.format(pattern="ball")} ! vp8enc deadline=1 cpu-used=8 keyframe-max-dist=15 ! rtpvp8pay name=pay0 pt=96 )',
    'audio': '( audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay0 pt=8 )',
}
GROUND = bytes(60 + 80 * row // HEIGHT for row in range(HEIGHT))


def strip_cells(index):
    gray = index ^ (index >> 1)
    bits = [(gray >> (BITS - 1 - bit)) & 1 for bit in range(BITS)]
    return [1, 0, *bits, sum(bits) % 2]


def picture():
    index = int(time.time() * FPS) % (1 << BITS)
    luma = bytearray(b''.join(bytes([level]) * WIDTH for level in GROUND))
    car = (index * 7) % (WIDTH - 60)
    for row in range(180, 220):
        luma[row * WIDTH + car:row * WIDTH + car + 60] = b'\xc0' * 60
    line = b''.join((b'\xeb' if cell else b'\x10') * CELL for cell in strip_cells(index))
    for row in range(TOP, TOP + CELL):
        luma[row * WIDTH + LEFT:row * WIDTH + LEFT + len(line)] = line
    return bytes(luma) + b'\x80' * (WIDTH * HEIGHT // 2)


def feed(source, _length):
    now = source.get_current_running_time()
    due = getattr(feed, 'due', {}).get(source, now)
    if due > now:
        time.sleep((due - now) / Gst.SECOND)
    feed.due = {source: max(due, now) + Gst.SECOND // FPS}
    source.emit('push-buffer', Gst.Buffer.new_wrapped(picture()))


def configure(_factory, media):
    source = media.get_element().get_child_by_name('source')
    source.connect('need-data', feed)


def change(server, opened, line):
    act, path, value = line.split()
    if act == 'as':
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(KINDS[value])
        factory.set_shared(True)
        factory.connect('media-configure', lambda _factory, media: opened.__setitem__(path, media))
        server.get_mount_points().add_factory(path, factory)
        media = opened.pop(path, None)
        if media:
            media.suspend()
            server.client_filter(lambda *_: GstRtspServer.RTSPFilterResult.REMOVE)
    else:
        width, height = value.split('x')
        size = opened[path].get_element().get_child_by_name('size')
        size.set_property('caps', Gst.Caps.from_string(f'video/x-raw,width={width},height={height}'))
    print('done', flush=True)
    return False


def listen(server, loop):
    opened = {}
    for line in sys.stdin:
        GLib.idle_add(change, server, opened, line.strip())
    loop.quit()


def main():
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address('127.0.0.1')
    server.set_service(sys.argv[1] if len(sys.argv) > 1 else '0')
    for path, encoder in ENCODERS.items():
        factory = GstRtspServer.RTSPMediaFactory()
        caps = f'video/x-raw,format=I420,width={WIDTH},height={HEIGHT},framerate={FPS}/1'
        factory.set_launch(f'( appsrc name=source is-live=true do-timestamp=true format=time caps={caps} ! queue ! {encoder} )')
        factory.set_shared(True)
        factory.connect('media-configure', configure)
        server.get_mount_points().add_factory(path, factory)
    server.attach(None)
    loop = GLib.MainLoop()
    threading.Thread(target=listen, args=(server, loop), daemon=True).start()
    print(server.get_bound_port(), flush=True)
    loop.run()


main()
