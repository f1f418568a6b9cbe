import Type, { type Static } from 'typebox';

/** What a caller may do after a fault: `never` as it stands, `later` the same again, `fixed` once corrected. */
export type Retry = 'never' | 'later' | 'fixed';

interface FaultRow {
  status: number;
  retry: Retry;
  vi: string;
  en: string;
}

/** Every coded refusal of the product. The text says what to do. */
export const FAULTS = {
  AUTH_REQUIRED: { status: 401, retry: 'fixed', vi: 'Cần đăng nhập.', en: 'Sign in first.' },
  AUTH_REFUSED: { status: 401, retry: 'fixed', vi: 'Tên đăng nhập hoặc mật khẩu không đúng.', en: 'Wrong user name or password.' },
  AUTH_SLOW_DOWN: { status: 429, retry: 'later', vi: 'Thử đăng nhập quá nhiều lần. Hãy chờ rồi thử lại.', en: 'Too many attempts. Wait and try again.' },
  AUTH_KEY: { status: 401, retry: 'fixed', vi: 'Khóa tiếp nhận không hợp lệ hoặc đã thu hồi.', en: 'The ingest key is not valid or was revoked.' },
  AUTH_FORBIDDEN: { status: 403, retry: 'never', vi: 'Tài khoản không có quyền thực hiện việc này.', en: 'This account may not do that.' },
  AUTH_ORIGIN: { status: 403, retry: 'never', vi: 'Yêu cầu đến từ trang khác và đã bị từ chối.', en: 'The request came from another site and was refused.' },
  AUTH_NEEDS_TLS: { status: 403, retry: 'fixed', vi: 'Đăng nhập qua mạng cần kết nối TLS (https).', en: 'Signing in over a network needs TLS (https).' },
  AUTH_PASSWORD_CHANGE: { status: 403, retry: 'fixed', vi: 'Hãy đổi mật khẩu tạm trước khi làm việc khác.', en: 'Change the temporary password first.' },
  AUTH_PASSWORD_WEAK: { status: 422, retry: 'fixed', vi: 'Mật khẩu phải có ít nhất 12 ký tự và không dễ đoán.', en: 'The password needs at least 12 characters and must not be easy to guess.' },
  AUTH_CODE_NEEDED: { status: 403, retry: 'fixed', vi: 'Tài khoản này cần mã xác thực. Hãy thiết lập ứng dụng xác thực rồi tiếp tục.', en: 'This account needs one-time codes. Set up the authenticator app first.' },
  AUTH_AGAIN: { status: 403, retry: 'fixed', vi: 'Việc này cần đăng nhập lại: bạn đã đăng nhập quá 15 phút trước.', en: 'Sign in again for this: you signed in more than 15 minutes ago.' },
  AUTH_TWO_PEOPLE: { status: 403, retry: 'fixed', vi: 'Việc này cần hai người: người khác phải đồng ý.', en: 'Two people are needed: someone else must agree.' },
  AUTH_SERVICE: { status: 401, retry: 'fixed', vi: 'Không đăng nhập được qua dịch vụ xác thực. Hãy thử lại hoặc liên hệ quản trị.', en: 'Signing in through the service did not work. Try again or ask the administrator.' },
  AUTH_LINK: { status: 401, retry: 'fixed', vi: 'Liên kết một lần đã hết hạn hoặc không mở từ máy này.', en: 'The one-time link expired or was not opened on this machine.' },
  CERTIFICATE_REFUSED: { status: 422, retry: 'fixed', vi: 'Không dùng được các tệp chứng thư này. Bấm Kiểm tra để xem sai ở đâu; chứng thư đang dùng vẫn giữ nguyên.', en: 'These certificate files can not be used. Press Check to see what is wrong; the one in use stays.' },
  CERTIFICATE_ELSEWHERE: { status: 409, retry: 'never', vi: 'Chứng thư của máy chủ này được đặt bằng IOC_TLS_CERT và IOC_TLS_KEY khi khởi động. Hãy đổi tệp ở đó rồi khởi động lại.', en: 'The certificate of this server is set by IOC_TLS_CERT and IOC_TLS_KEY at its start. Change the files there and start again.' },
  REQUEST_BODY: { status: 400, retry: 'fixed', vi: 'Nội dung gửi lên không đúng định dạng.', en: 'The body does not have the right form.' },
  REQUEST_QUERY: { status: 400, retry: 'fixed', vi: 'Tham số không đúng.', en: 'A parameter is not right.' },
  REQUEST_TOO_LARGE: { status: 413, retry: 'fixed', vi: 'Nội dung gửi lên quá lớn.', en: 'The body is too large.' },
  REQUEST_MEDIA_TYPE: { status: 415, retry: 'fixed', vi: 'Kiểu nội dung không được hỗ trợ.', en: 'The content type is not supported.' },
  REQUEST_METHOD: { status: 405, retry: 'fixed', vi: 'Phương thức không được hỗ trợ ở địa chỉ này.', en: 'The method is not supported here.' },
  REQUEST_TIMEOUT: { status: 408, retry: 'later', vi: 'Yêu cầu gửi quá chậm và đã bị ngắt.', en: 'The request took too long to arrive.' },
  RATE_LIMITED: { status: 429, retry: 'later', vi: 'Gửi quá nhanh. Hãy chờ rồi thử lại.', en: 'Too many requests. Wait and try again.' },
  NOT_FOUND: { status: 404, retry: 'never', vi: 'Không tìm thấy.', en: 'Not found.' },
  STORE_UNAVAILABLE: { status: 503, retry: 'later', vi: 'Kho dữ liệu tạm thời không trả lời. Chưa lưu gì; hãy gửi lại.', en: 'The store does not answer just now. Nothing was stored; send again.' },
  STORE_FULL: { status: 507, retry: 'later', vi: 'Ổ đĩa đầy. Chưa lưu gì; hãy báo quản trị.', en: 'The disk is full. Nothing was stored; tell the administrator.' },
  SERVER_FAULT: { status: 500, retry: 'later', vi: 'Lỗi hệ thống. Hãy báo quản trị kèm mã yêu cầu.', en: 'A fault in the system. Tell the administrator the request id.' },
  SERVER_STOPPING: { status: 503, retry: 'later', vi: 'Hệ thống đang khởi động lại. Hãy gửi lại sau ít giây.', en: 'The system is restarting. Send again in a few seconds.' },
  INGEST_TOPIC: { status: 404, retry: 'never', vi: 'Không có chủ đề tiếp nhận này.', en: 'There is no such topic.' },
  INGEST_SCOPE: { status: 403, retry: 'never', vi: 'Khóa này không được gửi chủ đề này.', en: 'This key may not send this topic.' },
  INGEST_ITEM: { status: 422, retry: 'fixed', vi: 'Mục tin không đúng định dạng.', en: 'The item does not have the right form.' },
  INGEST_CONFLICT: { status: 409, retry: 'never', vi: 'Khóa tin đã dùng cho một nội dung khác.', en: 'The key was used for another body.' },
  INGEST_UNIT: { status: 422, retry: 'fixed', vi: 'Mã đơn vị không có trong danh mục.', en: 'The unit code is not in the catalogue.' },
  INGEST_POSITION: { status: 422, retry: 'fixed', vi: 'Vị trí nằm ngoài Việt Nam. Kiểm tra thứ tự [kinh độ, vĩ độ].', en: 'The position is outside Việt Nam. Check the order [lon, lat].' },
  INGEST_FUTURE: { status: 422, retry: 'fixed', vi: 'Thời điểm ở tương lai quá 5 phút. Kiểm tra đồng hồ hoặc múi giờ của nguồn.', en: 'The time is more than 5 minutes in the future. Check the clock or time zone of the source.' },
  INGEST_TOO_OLD: { status: 422, retry: 'never', vi: 'Thời điểm quá cũ, trước năm 2000.', en: 'The time is before the year 2000.' },
  INGEST_AREA: { status: 422, retry: 'fixed', vi: 'Vùng (GeoJSON) không hợp lệ.', en: 'The area (GeoJSON) is not valid.' },
  INGEST_CAMERA: { status: 422, retry: 'fixed', vi: 'Không có camera mang khóa này.', en: 'There is no camera with this key.' },
  INGEST_SEGMENT: { status: 422, retry: 'fixed', vi: 'Không có đoạn đường mang mã này.', en: 'There is no road segment with this id.' },
  INGEST_WHOLE: { status: 422, retry: 'fixed', vi: 'Tỷ lệ phần trăm của một tổng thể phải từ 0 đến 100.', en: 'A percentage of a whole lies between 0 and 100.' },
  INGEST_DUPLICATE_IN_BATCH: { status: 409, retry: 'fixed', vi: 'Khóa tin lặp lại trong cùng một lần gửi với nội dung khác.', en: 'The key appears twice in one request with different bodies.' },
  INGEST_CAP: { status: 400, retry: 'fixed', vi: 'Bản tin CAP không đọc được.', en: 'The CAP message can not be read.' },
  LOG_EPOCH: { status: 409, retry: 'fixed', vi: 'Nhật ký đã sang kỷ nguyên mới. Hãy tải lại từ đầu.', en: 'The log has a new epoch. Load from the start.' },
  LOG_TOO_OLD: { status: 409, retry: 'fixed', vi: 'Vị trí đọc cũ hơn phần nhật ký còn giữ. Hãy tải lại từ đầu.', en: 'The cursor is older than what is kept. Load from the start.' },
  STATE_TAKEN: { status: 409, retry: 'fixed', vi: 'Đã có người tiếp nhận trước bạn:', en: 'Someone took this before you:' },
  STATE_CONFLICT: { status: 409, retry: 'fixed', vi: 'Người khác vừa thay đổi mục này. Xem lại rồi làm tiếp.', en: 'Someone just changed this. Look again and go on.' },
  STATE_STEP: { status: 409, retry: 'never', vi: 'Không thể chuyển sang bước này từ trạng thái hiện tại.', en: 'This step is not possible from the present state.' },
  STATE_REASON: { status: 422, retry: 'fixed', vi: 'Cần ghi lý do.', en: 'A reason is needed.' },
  STATE_RESULT: { status: 422, retry: 'fixed', vi: 'Cần ghi kết quả xử lý.', en: 'A result is needed.' },
  SERVICE_SOURCES: { status: 409, retry: 'fixed', vi: 'Dịch vụ còn chỉ tiêu bắt buộc chưa có nguồn dữ liệu thực.', en: 'The service has required indicators without a real source.' },
  SERVICE_APPROVAL: { status: 409, retry: 'fixed', vi: 'Dịch vụ chỉ được bật khi có văn bản cho phép. Hãy ghi số, ngày văn bản.', en: 'The service needs an approving paper. Give its number and day.' },
  CASE_FIELDS: { status: 422, retry: 'fixed', vi: 'Cần đủ bốn nội dung: nguyên nhân, giải pháp, lộ trình có mốc thời gian, người chịu trách nhiệm.', en: 'Four things are needed: cause, solution, dated milestones, the responsible person.' },
  CASE_PERSON: { status: 422, retry: 'fixed', vi: 'Người chịu trách nhiệm phải là tài khoản đang hoạt động của đơn vị.', en: 'The responsible person must be an open account of the unit.' },
  IMPORT_FORM: { status: 415, retry: 'fixed', vi: 'Chỉ nhận bảng tính XLSX hoặc CSV. Tệp .xls cũ cần lưu lại thành .xlsx.', en: 'Only XLSX or CSV sheets are taken. Save an old .xls as .xlsx.' },
  IMPORT_FAULTY: { status: 422, retry: 'fixed', vi: 'Bảng tính còn dòng lỗi. Hãy sửa rồi gửi lại, hoặc chọn bỏ qua các dòng lỗi.', en: 'The sheet still has refused rows. Correct them and send it again, or choose to leave them out.' },
  NOTICE_CHANNEL: { status: 422, retry: 'fixed', vi: 'Khai báo kênh thông báo còn thiếu hoặc chưa đúng. Xem mục được đánh dấu.', en: 'The channel is not declared fully or rightly. See the marked part.' },
  REPORT_EMPTY: { status: 422, retry: 'fixed', vi: 'Hãy viết vài lời về điều bạn thấy.', en: 'Please write a few words about what you saw.' },
  REPORT_MARKS: { status: 422, retry: 'fixed', vi: 'Nội dung có quá nhiều dấu chồng lên một chữ nên không đọc được. Hãy gõ lại phần đó.', en: 'Too many marks are stacked on one letter to be readable. Please type that part again.' },
  REPORT_LONG: { status: 422, retry: 'fixed', vi: 'Nội dung dài quá 4.000 ký tự. Hãy viết ngắn lại.', en: 'The text is longer than 4,000 characters. Please shorten it.' },
  REPORT_SERVICE: { status: 422, retry: 'fixed', vi: 'Hãy chọn lĩnh vực phản ánh.', en: 'Please choose a category.' },
  REPORT_PLACE_MISSING: { status: 422, retry: 'fixed', vi: 'Hãy cho biết nơi xảy ra: vị trí trên bản đồ hoặc địa chỉ.', en: 'Please say where it is: a place on the map or an address.' },
  REPORT_PLACE: { status: 422, retry: 'fixed', vi: 'Vị trí nằm ngoài biển hoặc ngoài địa bàn tiếp nhận. Hãy chọn lại trên bản đồ.', en: 'The place is at sea or outside the area served. Please choose it again on the map.' },
  REPORT_PHOTO: { status: 415, retry: 'fixed', vi: 'Không đọc được ảnh này. Hãy gửi ảnh JPEG, PNG hoặc WebP (ảnh HEIC cần đổi sang JPEG).', en: 'This photo can not be read. Please send JPEG, PNG or WebP (HEIC must be changed to JPEG).' },
  REPORT_PHOTO_SIZE: { status: 413, retry: 'fixed', vi: 'Ảnh quá lớn. Hãy chọn ảnh nhỏ hơn 30 MB.', en: 'The photo is too large. Please choose one below 30 MB.' },
  REPORT_CONTACT: { status: 422, retry: 'fixed', vi: 'Số điện thoại hoặc thư điện tử chưa đúng. Có thể để trống.', en: 'The phone number or e-mail is not right. It may be left empty.' },
  REPORT_SENT: { status: 409, retry: 'never', vi: 'Phản ánh này đã được gửi với nội dung khác. Hãy tạo phản ánh mới nếu muốn bổ sung.', en: 'This report was sent with other words. Make a new one to add something.' },
  REPORT_CODE: { status: 404, retry: 'fixed', vi: 'Không có phản ánh mang mã này. Kiểm tra lại mã gồm 12 ký tự.', en: 'No report has this code. Check the 12 characters.' },
  REPORT_REOPEN: { status: 409, retry: 'never', vi: 'Phản ánh này không mở lại được nữa: đang được xử lý, đã quá hạn mở lại hoặc đã mở lại đủ số lần. Nếu việc vẫn còn, hãy gửi phản ánh mới.', en: 'This report can not be reopened: it is being handled, its time is over, or it was reopened often enough. If the matter stands, send a new report.' },
  REPORT_RATED: { status: 409, retry: 'never', vi: 'Phản ánh này chưa thể đánh giá, hoặc đã được đánh giá.', en: 'This report can not be rated yet, or was rated.' },
  ALERT_MERGE: { status: 422, retry: 'fixed', vi: 'Không thể đánh dấu trùng: cảnh báo gốc đã đóng, đã là bản trùng hoặc chính là cảnh báo này.', en: 'Can not mark as a repeat: the other is closed, a repeat itself, or this alert.' },
  FEEDBACK_MERGE: { status: 422, retry: 'fixed', vi: 'Không thể gộp: phản ánh đích đã đóng, đã gộp hoặc chính là phản ánh này.', en: 'Can not merge: the target is closed, merged, or this report itself.' },
  SHEET_UNREADABLE: { status: 422, retry: 'fixed', vi: 'Không đọc được bảng. Hãy gửi tệp XLSX hoặc CSV có dòng tiêu đề và ít nhất một dòng dữ liệu.', en: 'The sheet can not be read. Send XLSX or CSV with a line of heads and at least one line below it.' },
  RULE_TEXT: { status: 422, retry: 'fixed', vi: 'Quy tắc không hợp lệ. Ngưỡng kết thúc phải nằm phía an toàn của ngưỡng báo.', en: 'The rule is not sound. The clear value must lie on the safe side of the threshold.' },
  TRAFFIC_UNIT: { status: 422, retry: 'fixed', vi: 'Chưa biết đơn vị nào chịu trách nhiệm về tổ tuần tra này. Hãy phân công cảnh báo cho một đơn vị trước.', en: 'No unit is known to answer for this patrol. Assign the alert to a unit first.' },
  RULE_UNTRIED: { status: 409, retry: 'fixed', vi: 'Hãy chạy thử quy tắc trên dữ liệu đã qua trước khi bật.', en: 'Try the rule on the past before it runs.' },
  PROCEDURE_UNKNOWN: { status: 404, retry: 'never', vi: 'Không có quy trình đang có hiệu lực mang mã này cho loại cảnh báo này.', en: 'No procedure in force has this code for this kind of alert.' },
  PROCEDURE_TEXT: { status: 422, retry: 'fixed', vi: 'Quy trình không hợp lệ: bước trùng mã, nhánh không tới bước phía sau, hoặc có bước không bao giờ đến.', en: 'The procedure is not sound: a repeated step, a branch that goes nowhere later, or a step never reached.' },
  PROCEDURE_STEP: { status: 409, retry: 'never', vi: 'Bước này không đang mở.', en: 'This step is not open.' },
  PROCEDURE_EVIDENCE: { status: 422, retry: 'fixed', vi: 'Bước này cần ghi chú, ảnh hoặc câu trả lời trước khi đánh dấu xong.', en: 'This step needs a note, a photo or an answer before it is done.' },
  WALL_UNKNOWN: { status: 404, retry: 'never', vi: 'Không có màn hình ghép này.', en: 'There is no such wall.' },
  WALL_TAKEN: { status: 409, retry: 'later', vi: 'Người khác đang giữ quyền điều khiển màn hình ghép.', en: 'Someone else has control of the wall.' },
  WALL_REPLAY: { status: 409, retry: 'fixed', vi: 'Màn hình ghép đang xem lại. Bấm TRỰC TIẾP trước.', en: 'The wall is looking back. Go back to live first.' },
  WALL_RIGHTS: { status: 403, retry: 'never', vi: 'Tài khoản không có quyền trên màn hình ghép này hoặc trên vùng này.', en: 'This account may not act on this wall, or on this part of it.' },
  SHARE_GONE: { status: 404, retry: 'never', vi: 'Nguồn chia sẻ này đã dừng.', en: 'This shared source has stopped.' },
  WALL_SCENE: { status: 422, retry: 'fixed', vi: 'Bố cục không hợp lệ với màn hình ghép này.', en: 'The scene does not fit this wall.' },
  LAYOUT_NEWER: { status: 409, retry: 'fixed', vi: 'Bản này do phần mềm mới hơn ghi nên máy chủ chưa đọc được. Hãy cập nhật máy chủ rồi mở lại.', en: 'A newer program wrote this version, and this server can not read it yet. Update the server and open it again.' },
  SCENARIO_UNKNOWN: { status: 404, retry: 'never', vi: 'Không có kịch bản này.', en: 'There is no such scenario.' },
  SCENARIO_BUSY: { status: 409, retry: 'fixed', vi: 'Màn hình ghép này đang chạy một kịch bản khác. Hãy kết thúc kịch bản đó trước.', en: 'This wall is showing another scenario. Stop that one first.' },
  SCENARIO_QUALITY: { status: 409, retry: 'fixed', vi: 'Dữ liệu chưa đạt mức tối thiểu kịch bản yêu cầu nên chưa bắt đầu được. Hãy bổ sung dữ liệu, hoặc lãnh đạo cho phép và ghi lý do.', en: 'The data is below the minimum this scenario asks for, so it did not begin. Complete the data, or have a leader allow it with a reason.' },
  SCENARIO_OVER: { status: 409, retry: 'never', vi: 'Lượt chạy kịch bản này đã kết thúc.', en: 'This run of the scenario is over.' },
  SCENARIO_MOVED: { status: 409, retry: 'fixed', vi: 'Kịch bản vừa sang bước khác nên lần bấm này không được tính. Hãy nhìn bước hiện tại rồi bấm lại.', en: 'The scenario just moved to another step, so this press did not count. Look at the present step and press again.' },
  SCENARIO_STILL: { status: 409, retry: 'fixed', vi: 'Trong khoảng đó màn hình ghép chưa chiếu gì khác nên chưa có gì để thành kịch bản. Hãy đổi màn hình ở bàn điều hành rồi dừng ghi, hoặc bỏ bản ghi.', en: 'The wall showed nothing new in that stretch, so there is nothing to make a scenario of. Change the wall at the desk and stop recording, or discard the recording.' },
  SCENARIO_RUNS: { status: 409, retry: 'fixed', vi: 'Hãy kết thúc lượt diễn tập trước khi gỡ dữ liệu của nó.', en: 'Stop the rehearsal before removing its data.' },
  CAMERA_ADDRESS: { status: 422, retry: 'fixed', vi: 'Địa chỉ camera không được phép: chỉ rtsp(s) hoặc http(s), không trỏ về chính máy chủ hay địa chỉ nội bộ của hệ điều hành.', en: 'This camera address is not allowed: rtsp(s) or http(s) only, and never the server itself or link-local addresses.' },
  CAMERA_DEVICE: { status: 422, retry: 'fixed', vi: 'Thiết bị không trả lời ONVIF hoặc không nhận tài khoản này.', en: 'The device does not answer ONVIF or does not take this login.' },
  CAMERA_NO_DEVICE: { status: 404, retry: 'fixed', vi: 'Camera này chưa khai thiết bị ONVIF, hoặc thiết bị không quay được.', en: 'This camera has no ONVIF device yet, or one that can not be steered.' },
  CAMERA_HELD: { status: 409, retry: 'later', vi: 'Người khác đang điều khiển camera này.', en: 'Someone else steers this camera.' },
  CAMERA_LIST: { status: 400, retry: 'fixed', vi: 'Danh sách camera không đọc được.', en: 'The list of cameras can not be read.' },
  CAMERA_REASON: { status: 422, retry: 'fixed', vi: 'Cần ghi lý do chụp ảnh.', en: 'A reason for the picture is needed.' },
  CAMERA_NO_RECORDING: { status: 404, retry: 'never', vi: 'Không có bản ghi của camera vào lúc này.', en: 'Nothing of this camera was recorded at that moment.' },
  REPLAY_NOT_KEPT: { status: 404, retry: 'never', vi: 'Không lưu lại cho thời điểm này.', en: 'Nothing was kept of this moment.' },
  REPLAY_SHOWN: { status: 409, retry: 'fixed', vi: 'Đang xem lại: bấm TRỰC TIẾP rồi mới xử lý công việc.', en: 'The past is shown: go back to live before working on anything.' },
  CLOCK_BACKWARDS: { status: 422, retry: 'fixed', vi: 'Đồng hồ chỉ đi tới; tốc độ từ 0 đến 100.', en: 'The clock only moves forwards; rate 0 to 100.' },
  CONTRACT_VERSION: { status: 409, retry: 'fixed', vi: 'Trang này là phiên bản cũ và sẽ tự tải lại.', en: 'This page is an older version and will reload itself.' },
  SOURCE_ADDRESS: { status: 422, retry: 'fixed', vi: 'Địa chỉ thuộc máy này hoặc mạng nội bộ. Nếu đúng là hệ thống của đơn vị, hãy bật “Cho phép địa chỉ nội bộ”.', en: 'The address is of this machine or a local network. If it is a system of your own, allow local addresses.' },
  SOURCE_UNREACHABLE: { status: 422, retry: 'later', vi: 'Không nối được tới hệ thống bên kia. Sẽ tự thử lại.', en: 'The other system can not be reached. It is tried again by itself.' },
  SOURCE_TIMEOUT: { status: 422, retry: 'later', vi: 'Hệ thống bên kia không trả lời kịp. Sẽ tự thử lại.', en: 'The other system did not answer in time. It is tried again by itself.' },
  SOURCE_LOGIN: { status: 422, retry: 'fixed', vi: 'Bên kia từ chối tài khoản, khóa hoặc mã truy cập. Kiểm tra bí mật đã nhập.', en: 'The other side refused the account, key or token. Check the secret.' },
  SOURCE_STATUS: { status: 422, retry: 'later', vi: 'Bên kia trả mã lỗi. Sẽ tự thử lại.', en: 'The other side answered with an error status. It is tried again by itself.' },
  SOURCE_SLOW_DOWN: { status: 422, retry: 'later', vi: 'Bên kia yêu cầu hỏi chậm lại. Giảm số lần hỏi mỗi phút.', en: 'The other side asks for fewer questions. Lower the rate.' },
  SOURCE_REDIRECT: { status: 422, retry: 'fixed', vi: 'Bên kia chuyển hướng sang địa chỉ khác; không đi theo. Nhập địa chỉ cuối cùng.', en: 'The other side redirects; that is not followed. Enter the final address.' },
  SOURCE_ERROR_PAGE: { status: 422, retry: 'later', vi: 'Bên kia trả “200 OK” nhưng nội dung là một trang báo lỗi. Không nhận gì.', en: 'The other side said 200 OK with an error page. Nothing was taken.' },
  SOURCE_SOAP: { status: 422, retry: 'later', vi: 'Bên kia trả lỗi SOAP. Không nhận gì.', en: 'The other side answered with a SOAP fault. Nothing was taken.' },
  SOURCE_UNREADABLE: { status: 422, retry: 'fixed', vi: 'Không đọc được nội dung theo định dạng đã chọn. Không nhận gì.', en: 'The content can not be read in the chosen format. Nothing was taken.' },
  SOURCE_CUT: { status: 422, retry: 'later', vi: 'Nội dung bị đứt giữa chừng: tệp hoặc câu trả lời chỉ có một phần. Không nhận gì, sẽ thử lại.', en: 'Only a part of the file or answer arrived. Nothing was taken; it is tried again.' },
  SOURCE_NO_ITEMS: { status: 422, retry: 'fixed', vi: 'Không thấy danh sách bản ghi ở đường dẫn đã khai báo. Không nhận gì.', en: 'There is no list of records at the given path. Nothing was taken.' },
  SOURCE_REPEATS: { status: 422, retry: 'later', vi: 'Bên kia trả mãi một trang: phân trang không kết thúc. Không nhận gì.', en: 'The other side repeats a page for ever. Nothing was taken.' },
  SOURCE_TOO_LARGE: { status: 422, retry: 'fixed', vi: 'Câu trả lời hoặc tệp quá lớn. Chia nhỏ hoặc dùng phân trang.', en: 'The answer or file is too large. Split it or use paging.' },
  SOURCE_TOO_MANY: { status: 422, retry: 'fixed', vi: 'Quá nhiều bản ghi trong một lần. Dùng mốc thời gian hoặc chia khoảng ngắn hơn.', en: 'Too many records at once. Use the time cursor or shorter spans.' },
  SOURCE_MAPPING: { status: 422, retry: 'fixed', vi: 'Ánh xạ cột không khớp: phần lớn dòng không thành bản ghi hợp lệ. Không nhận gì.', en: 'The mapping does not fit: most rows do not become valid items. Nothing was taken.' },
  SOURCE_ZONE: { status: 422, retry: 'fixed', vi: 'Thời gian ở tương lai: có lẽ sai múi giờ. Kiểm tra múi giờ của cột thời gian. Không nhận gì.', en: 'Times lie in the future: the time zone is probably wrong. Nothing was taken.' },
  SOURCE_CERTIFICATE: { status: 422, retry: 'fixed', vi: 'Chứng thư của bên kia hết hạn hoặc không được tin. Gia hạn, hoặc nạp chứng thư gốc của họ.', en: 'The certificate of the other side expired or is not trusted. Renew it, or add their root.' },
  SOURCE_OWN_CERTIFICATE: { status: 422, retry: 'fixed', vi: 'Chứng thư máy khách của ta hết hạn, sai khóa hoặc bị từ chối. Nạp chứng thư mới.', en: 'Our client certificate expired, does not fit its key, or was refused. Add a new one.' },
  SOURCE_HOST_KEY: { status: 422, retry: 'fixed', vi: 'Dấu vân tay của máy chủ SFTP chưa khai báo hoặc đã đổi. Kiểm tra với bên kia rồi khai báo lại.', en: 'The fingerprint of the SFTP server is not declared or has changed. Check with its owner.' },
  SOURCE_SECRET: { status: 422, retry: 'fixed', vi: 'Chưa nhập bí mật mà cách đăng nhập này cần.', en: 'The secret that this way of signing in needs is missing.' },
  SOURCE_VIEW: { status: 422, retry: 'fixed', vi: 'Không đọc được khung nhìn (view) đã khai báo: sai tên, thiếu cột thời gian, hoặc khung nhìn tự ghi dữ liệu. Không nhận gì.', en: 'The view can not be read: a wrong name, no such time column, or a view that writes. Nothing was taken.' },
  SOURCE_RANGE: { status: 422, retry: 'fixed', vi: 'Không nhập lại được theo ngày: địa chỉ hoặc nội dung hỏi phải có chỗ cho {since} và {until}; khung nhìn SQL phải có cột thời gian.', en: 'Backfill is not possible: the address or body needs {since} and {until}, a SQL view needs a time column.' },
  SOURCE_BUSY: { status: 409, retry: 'later', vi: 'Kết nối này đang nhập lại dữ liệu cũ. Chờ xong hoặc hủy trước.', en: 'A backfill of this connector is running. Wait or cancel it first.' },
  SOURCE_TEXT: { status: 422, retry: 'fixed', vi: 'Khai báo kết nối chưa đúng.', en: 'The declaration of the connector is not right.' },
  COMMAND_UNKNOWN: { status: 404, retry: 'never', vi: 'Không có lệnh này.', en: 'There is no such command.' },
} as const satisfies Record<string, FaultRow>;

export type FaultCode = keyof typeof FAULTS;

/** A coded refusal as it leaves the server. Shape: `{ code, message, pointer?, requestId? }`. */
export const Fault = Type.Object(
  {
    code: Type.String(),
    message: Type.String(),
    pointer: Type.Optional(Type.String({ description: 'JSON pointer to what is wrong' })),
    detail: Type.Optional(Type.String()),
    requestId: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type Fault = Static<typeof Fault> & { code: FaultCode };

/** Builds a fault with the Vietnamese text of its code. */
export function faultOf(code: FaultCode, more: { pointer?: string; detail?: string } = {}): Fault {
  return { code, message: FAULTS[code].vi, ...more };
}

/** An expected outcome: a value or a fault, never an exception. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; fault: Fault };
export const okay = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (code: FaultCode, more?: { pointer?: string; detail?: string }): { ok: false; fault: Fault } => ({
  ok: false,
  fault: faultOf(code, more),
});
